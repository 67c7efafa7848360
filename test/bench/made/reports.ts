import { between, prose } from '../prose.ts'
import { encoded } from './encoded.ts'
import { english, tongues, type Tongue } from './sentences.ts'
import { weird } from './weird.ts'

export interface MadeFile { readonly name: string; readonly type: string; readonly content: Buffer }

/** A report as somebody would send it: by the form or the API, or as a mail. */
export interface Made {
  /** What is unusual in it; '' for most. */
  readonly odd: string
  readonly fields: Readonly<Record<string, unknown>> & { readonly title: string; readonly description: string }
  readonly files: readonly MadeFile[]
  /** The whole message, where it comes by mail. */
  readonly mail?: Buffer
}

const one = <T>(of: readonly T[]): T => of[between(0, of.length - 1)]!
const chance = (percent: number) => between(1, 100) <= percent

const kinds = [['Stored script', 'CWE-79'], ['SQL injection', 'CWE-89'], ['Read of another’s record', 'CWE-639'], ['Out-of-bounds read', 'CWE-125'],
  ['Open redirect', 'CWE-601'], ['Forged request', 'CWE-352'], ['Path traversal', 'CWE-22'], ['Request forgery by the server', 'CWE-918'],
  ['Missing limit', 'CWE-307'], ['Use after free', 'CWE-416'], ['Secret in an address', 'CWE-598'], ['Weak reset', 'CWE-640']] as const
const hosts = ['shop.example', 'api.shop.example', 'admin.shop.example', 'files.example.net', 'old.example.org', 'login.shop.example:8443']
const payloads = ['%3Cscript%3Ealert(1)%3C/script%3E', '1%27--', '../../etc/passwd', 'https://evil.example', '%00', '{{7*7}}', '-1', 'A'.repeat(300)]
const vectors = ['CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N', 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:U/C:H/I:N/A:N',
  'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N', '']

function details() {
  const [kind, cwe] = one(kinds)
  const name = () => prose(1)
  return {
    kind, cwe, host: one(hosts), path: `/${Array.from({ length: between(1, 4) }, name).join('/')}`, param: name(), payload: one(payloads),
    version: `${between(0, 9)}.${between(0, 40)}.${between(0, 30)}`, file: `src/${name()}/${name()}.${one(['c', 'ts', 'go', 'py', 'rs', 'java'])}`,
    line: String(between(1, 4000)), fn: `${name()}_${name()}`, cve: `CVE-${between(2009, 2026)}-${between(1000, 60_000)}`,
  }
}
type Details = ReturnType<typeof details>

const written = (text: string, of: Details) => text.replace(/\{(\w+)\}/g, (_, name: keyof Details) => of[name])
const said = ({ sentences }: Tongue, of: Details, many: number) =>
  Array.from({ length: many }, () => written(one(sentences), of)).join(chance(50) ? ' ' : '\n')

/** Most are short, some are long, a few are as long as may be. */
const length = () => one([2, 3, 5, 8, 8, 12, 12, 20, 30, chance(10) ? 400 : 40])

/** Some speak of what was reported before: the same text sent again, or the same place in other words. */
export function* madeReports(count: number): Generator<Made> {
  const before: { of: Details; made: Made }[] = []
  for (let n = 0; n < count; n++) {
    const earlier = before.length > 0 && chance(16) ? one(before) : undefined
    if (n % 50 === 7) yield oddOne(n)
    else if (earlier && chance(50)) yield sentAgain(earlier.made)
    else {
      const of = earlier ? { ...details(), ...place(earlier.of) } : details()
      const made = chance(15) ? byMail(of) : byForm(of)
      if (before.push({ of, made }) > 500) before.shift()
      yield made
    }
  }
}

const place = ({ host, path, param, kind, cwe }: Details) => ({ host, path, param, kind, cwe })

/** By the form, whichever way it came first. */
const sentAgain = ({ odd, fields, files }: Made): Made => ({
  odd, files,
  fields: {
    skipped: 'As before.', good_faith: true, ...fields,
      description: `I have written of this before and nobody answered.\n${fields.description}`.slice(0, 90_000),
  },
})

function oddOne(n: number): Made {
  const names = Object.keys(weird)
  const odd = names[(n / 50 | 0) % names.length]!
  const description = weird[odd]!()
  return { odd, files: [], fields: { title: `${odd}: ${[...description].slice(0, 120).join('')}`, description, steps: description.slice(0, 5000),
    good_faith: true } }
}

function byForm(of: Details): Made {
  const tongue = chance(70) ? english : one(tongues)
  const filler = chance(3) ? `\n\n${prose(between(1000, 12_000))}` : ''
  const fields = {
    title: written(tongue.title, of).slice(0, 200), weakness: chance(60) ? of.cwe : '', cvss: one(vectors), version: chance(30) ? of.version : '',
    description: `${said(tongue, of, length())}${filler}`.slice(0, 99_000), steps: chance(80) ? said(tongue, of, between(1, 8)) : '',
    endpoint: chance(25) ? of.path : '', parameter: chance(25) ? of.param : '', expected_result: chance(20) ? 'root:x:0:0' : '',
    proof_of_concept: chance(40) ? written('curl -s "https://{host}{path}?{param}={payload}"\n# {fn} in {file}:{line}\n', of) : '',
    impact: said(tongue, of, between(1, 3)), skipped: 'There is nothing to run.', tools: chance(8) ? [scanner(of)] : [], good_faith: true,
  }
  return { odd: '', fields, files: chance(35) ? Array.from({ length: between(1, 3) }, () => file(of)) : [] }
}

const scanner = ({ kind, file: uri, line }: Details) => ({
  name: 'Sniffer', version: '4.1',
  output: JSON.stringify({ version: '2.1.0', runs: [{ tool: { driver: { name: 'Sniffer', version: '4.1' } }, results: Array.from({ length: between(1, 40) },
    () => ({
    ruleId: prose(1), message: { text: kind }, locations: [{ physicalLocation: { artifactLocation: { uri }, region: { startLine: Number(line) } } }] })) }] }),
})

function file(of: Details): MadeFile {
  return one<() => MadeFile>([
    () => ({ name: 'poc.py', type: 'text/x-python', content: Buffer.from(`print('${of.fn}')\n`.repeat(between(1, 200))) }),
    () => ({ name: 'bildschirmfoto größe.png', type: 'image/png', content: Buffer.alloc(between(1, 60_000), 0x89) }),
    () => ({ name: 'протокол.txt', type: 'text/plain', content: encoded('Запрос и ответ\n'.repeat(100), 'windows-1251') }),
    () => ({ name: 'log.txt', type: 'text/plain', content: Buffer.from(`${prose(between(10, 3000))}\n`, 'utf16le') }),
    () => ({ name: 'empty', type: 'application/octet-stream', content: Buffer.alloc(0) }),
    () => ({ name: `${'long-name-'.repeat(15)}.log`, type: 'text/plain', content: chance(15) ? Buffer.alloc(1024 * 1024, 'a') : Buffer.from('one line\n') }),
    () => ({ name: '\u202Egnp.tset\u202C<b>.svg', type: 'image/svg+xml',
      content: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>') }),
  ])()
}

let mails = 0

/** In the encoding that its language had before there was one for all, or as a single line of a megabyte. */
function byMail(of: Details): Made {
  const tongue = one([english, ...tongues])
  const long = chance(2)
  const text = long ? `${said(tongue, of, 3)} ${'0123456789abcdef'.repeat(65_536)}` : said(tongue, of, length())
  const title = written(tongue.title, of).slice(0, 200)
  const body = encoded(text, tongue.charset).toString('base64').replace(/.{76}/g, '$&\r\n')
  const attached = chance(30) ? file(of) : undefined
  const head = [
    `From: =?utf-8?B?${Buffer.from(prose(2)).toString('base64')}?= <${prose(1)}@sender.example>`, 'To: security@example.org',
      `Message-ID: <${++mails}@sender.example>`,
    `Subject: =?${tongue.charset}?B?${encoded([...title].slice(0, 60).join(''), tongue.charset).toString('base64')}?=`, 'MIME-Version: 1.0',
  ]
  const part = [`Content-Type: text/plain; charset=${tongue.charset}`, 'Content-Transfer-Encoding: base64', '', body]
  const lines = attached ? [
    ...head, 'Content-Type: multipart/mixed; boundary=edge', '', '--edge', ...part, '--edge', `Content-Type: ${attached.type}`,
    `Content-Disposition: attachment; filename*=utf-8''${encodeURIComponent(attached.name)}`, 'Content-Transfer-Encoding: base64', '',
    attached.content.toString('base64').replace(/.{76}/g, '$&\r\n'), '--edge--',
  ] : [...head, ...part]
  const mail = Buffer.from(`${lines.join('\r\n')}\r\n`)
  return { odd: long ? 'a line of a megabyte' : '', fields: { title, description: text }, files: attached ? [attached] : [], mail }
}
