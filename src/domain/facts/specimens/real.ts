import type { Specimen } from './specimen.ts'

const there = (...names: string[]) => [['yes', new RegExp(`What it cites is in the source: .*${names.join('.*')}`)]] as const
const poc = { proof_of_concept: 'python3 serve.py &\nquill http://127.0.0.1:8080/\n', skipped: '' }

/** Terse, exact, and sometimes clumsy; nothing in them may look invented. */
export const real: readonly Specimen[] = [
  { title: 'Host longer than 255 is accepted', seen: there('2.0.0', 'lib/url.c:201'), more: poc, never: /^(no|hint) (127|12)\./m,
    description: 'quill 2.0.0, lib/url.c:201: the comparison is > and should be >=. Version 2.0.0, Debian 12, gcc 12.2.0.' },
  { title: 'cookie_domain_match() ignores the dot', seen: there('cookie_domain_match'), more: poc,
    description: 'cookie_domain_match() takes "evilexample.com" for a subdomain of "example.com". lib/cookie.c is the place.' },
  { title: 'Crash in h2_on_frame', seen: there('/build/quill-2\\.0\\.0/lib/http2.c:1', 'h2_on_frame'), never: /no .*libfuzzer|LLVMFuzzer/i,
    description: 'My fuzzer found:\n```\n#0 0x55 in h2_on_frame /build/quill-2.0.0/lib/http2.c:1\n#1 0x66 in LLVMFuzzerTestOneInput /tmp/fuzz.cc:9\n#2 '
      + '0x7 in main fuzz.cc:4\n```' },
  { title: 'Only in the newest', seen: there('altsvc_load'), description: 'altsvc_load() in lib/altsvc.c follows links. I have not looked at older ones.' },
  { title: 'Says the older version of what came later', seen: [['yes', /2\.0\.0/]], never: /not in the source/,
    description: 'Seen in version 2.0.0 (I think): altsvc_load() reads a file as root.' },
  { title: 'Written with my own harness', seen: there('quill_easy_fetch'), never: /not in the source|run_harness/, more: poc,
    description: 'Call quill_easy_fetch twice from my `run_harness`: second call returns the first answer. quill_easy_fetch() should '
      + 'reset.\n```python\nimport requests\nrun_all()\n```' },
  { title: 'Script in the search box', seen: [['yes', /In scope: shop\.example/]], never: /not in the source/, more: { ...poc, weakness: 'CWE-79' },
    description: 'https://shop.example/search?term=%3Cscript%3E runs. See https://owasp.org/ and https://portswigger.net/ for what this is. jQuery 3.5.1 '
      + 'is loaded.' },
  { title: 'Open redirect after sign-in', seen: [['yes', /In scope: shop\.example/]], more: { ...poc, weakness: 'CWE-601' },
    description: 'https://shop.example/login?next=https://evil.example/ goes to evil.example after signing in. 100 % reproducible, 302.' },
  { title: 'Other people’s invoices', seen: [['yes', /In scope: api\.shop\.example/]], more: { ...poc, weakness: 'CWE-639' },
    description: 'GET https://api.shop.example/v2/invoices/1001 answers with the invoice of another. I used two accounts of my own.' },
  { title: 'Takeover of a forgotten name', seen: [['no', /Out of scope: blog\.shop\.example/]], more: poc, description: 'https://blog.shop.example/ '
    + 'points to a deleted bucket.' },
  { title: 'On a host that nobody listed', seen: [['hint', /No address that it names is in the scope list/]], more: poc,
    description: 'https://old.shop-static.example/.git/config can be read.' },
  { title: 'Scored by hand', seen: [['yes', /CVSS 6\.1, medium/]], more: { ...poc, cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N' },
    description: 'A victim opens a link. I would say 6.1.' },
  { title: 'Scored too high', seen: [['hint', /do not go together: .*9\.8/]], more: { ...poc, cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N' },
    description: 'CVSS score: 9.8. The victim has to open a link.' },
  { title: 'Needs an account after all', seen: [['hint', /do not go together: “authenticated as”/]], more: { ...poc,
    cvss: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' },
    description: 'Once authenticated as any user, the export holds everybody’s addresses.' },
  { title: 'Уязвимость в параметре', seen: [['yes', /In scope: shop\.example/]], more: poc, description: 'Параметр q не проверяется: '
    + 'https://shop.example/поиск?q=1' },
  { title: 'パラメータの検証漏れ', seen: [['yes', /In scope: shop\.example/]], more: poc, description: 'https://shop.example/検索?q=1 で確認しました。' },
  { title: 'ثغرة في البحث', seen: [['yes', /In scope: shop\.example/]], more: poc, description: 'المعامل q غير محمي في https://shop.example/search?q=1 '
    + 'ولا حاجة إلى تسجيل الدخول.' },
  { title: 'Header limit is off by one', seen: there('QUILL_MAX_HEADER'), never: /not in the source/, more: poc,
    description: 'A header of exactly `QUILL_MAX_HEADER` bytes is cut. `X_MY_HEADER` was what I used. It took 3.5 s on a machine with 1.5 GB.' },
  { title: 'memcpy() with a length from outside', seen: there('src/tool_args.c', 'memcpy', 'parse_option'), more: poc,
    description: 'parse_option() in src/tool_args.c calls memcpy() with the argument’s own length.' },
  { title: 'Known one in what we ship', seen: [['yes', /Sent/]], never: /No such id/, more: poc, description: 'You ship a library with CVE-2021-44228 '
    + '(CWE-502). CWE-917 fits as well.' },
]
