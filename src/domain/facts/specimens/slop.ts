import type { Specimen } from './specimen.ts'

const nothing = (...names: string[]) => [['no', new RegExp(`Nothing that it cites is in the source: .*${names.join('.*')}`)]] as const

/** Fluent, urgent, and about nothing that exists. */
export const slop: readonly Specimen[] = [
  { title: 'Critical Buffer Overflow in quill_parse_header_ext()', seen: nothing('quill_parse_header_ext'),
    description: 'I have discovered a critical heap buffer overflow in the function `quill_parse_header_ext()`. The function fails to validate the length '
      + 'of the '
      + 'incoming header before copying it with an unsafe routine. This could lead to remote code execution, full compromise and significant reputational '
      + 'damage.' },
  { title: 'Stack overflow in lib/header_parser.c', seen: nothing('lib/header_parser.c:482'),
    description: 'While auditing the codebase I identified an issue in lib/header_parser.c:482 where a fixed-size stack buffer of 256 bytes is used. An '
      + 'attacker can '
      + 'overflow it with a crafted response. CVSS score: 9.8 (critical). Tested on Ubuntu 22.04 with gcc 11.4.0.' },
  { title: 'Use-After-Free in HTTP/3 stream teardown', seen: nothing('src/http3/stream\\.c', 'h3_stream_free_all'),
    description: 'When a stream is reset during teardown, `h3_stream_free_all()` in src/http3/stream.c frees the context twice. ### Impact\n- Remote code '
      + 'execution\n'
      + '- Denial of service\n- Information disclosure\n### Mitigation\nSet the pointer to NULL after freeing.' },
  { title: 'Integer overflow in quill_realloc_grow', seen: nothing('quill_realloc_grow'),
    description: 'The quill_realloc_grow function multiplies two attacker-controlled values without a check. In the context of modern threat landscapes, '
      + 'this is a '
      + 'serious risk which should be fixed at the earliest.' },
  { title: 'Race condition in the connection pool', seen: nothing('pool_acquire_locked', 'pool_release_locked'),
    description: '`pool_acquire_locked()` and `pool_release_locked()` are not atomic. Under concurrency two threads can obtain the same connection, as '
      + 'the following '
      + 'snippet demonstrates.\n```c\npthread_create(&t, NULL, worker, NULL);\n```', never: /pthread_create/ },
  { title: 'Format string vulnerability in logging', seen: nothing('lib/logging/logger\\.c:77', 'log_write_fmt'),
    description: 'User-controlled data reaches the format argument of log_write_fmt() (lib/logging/logger.c, line 77). Supplying %n writes memory.' },
  { title: 'Vulnerability in version 9.9.9', seen: [['no', /9\.9\.9.*quill_secure_compare/]],
    description: 'In version 9.9.9 the function quill_secure_compare() is not constant-time, which allows timing attacks.' },
  { title: 'Missing check introduced in commit 9c1f2ab7', seen: nothing('9c1f2ab7', 'validate_tls_chain'),
    description: 'The regression was introduced in commit 9c1f2ab7, which removed the call to validate_tls_chain() from the handshake.' },
  { title: 'One real name among invented ones', seen: [['no',
    /3 of 4 that it cites are not in the source: lib\/url_decode\.c, .*authority_sanitize.*url_guard/]],
    description: 'parse_authority() hands the string to authority_sanitize() in lib/url_decode.c, which relies on url_guard() and therefore overflows.' },
  { title: 'Line that is not there', seen: [['no', /lib\/cookie\.c:9120/]],
    description: 'lib/cookie.c:9120 dereferences a NULL pointer when the jar is empty.' },
  { title: 'Speaks of a CVE that cannot exist', seen: [['no', /No such id: CVE-2031-10001/]],
    description: 'This is a bypass of the fix for CVE-2031-10001 and has the same severity.' },
  { title: 'Weakness that is in no list', seen: [['no', /No such id: CWE-99999/]], description: 'Classified as CWE-99999 (Improper Everything). It needs '
    + 'no source to be seen.' },
  { title: 'A vector that is no vector', seen: [['no', /Not a complete CVSS vector/]], description: 'Severity: CVSS:3.1/AV:N/AC:L/PR:N, base score 10.0. '
    + 'Please hurry.' },
  { title: 'Cookie injection due to strcpy()', seen: nothing('strcpy'),
    description: 'The library copies attacker-controlled cookies by strcpy() without any bounds, a textbook overflow. Any modern compiler warns of it.' },
  { title: 'Weak randomness in session tokens', seen: nothing('generate_session_nonce'),
    description: 'The method `generate_session_nonce` seeds from the time of day. The 40 digits da39a3ee5e6b4b0d3255bfef95601890afd80709 show the '
      + 'pattern.', never: /da39a3ee/ },
  { title: 'Heap overflow, with a stack trace', seen: nothing('quill_chunk_merge'),
    description: 'quill_chunk_merge() overflows.\n```\n==1==ERROR: AddressSanitizer: heap-buffer-overflow\n    #0 0x4f in quill_chunk_merge '
      + '/src/quill/lib/chunk.c:88\n'
      + '    #1 0x5a in main /src/poc.c:12\n```' },
  { title: 'Denial of service via h2 settings', seen: nothing('lib/h2/settings\\.c', 'h2_settings_apply_all'),
    description: 'h2_settings_apply_all() in lib/h2/settings.c loops over SETTINGS frames without a limit.' },
  { title: 'The report that only threatens', seen: [['hint', /No steps, no proof of concept, no file/]],
    description: 'I found a serious issue in your system. I will tell the details after we agree on a bounty. My PayPal is below.' },
  { title: 'Struct that never was', seen: nothing('quill_tls_ctx_priv'), description: 'The struct quill_tls_ctx_priv keeps the private key in memory '
    + 'after use.' },
  { title: 'Speculation about a constant', seen: nothing('QUILL_UNSAFE_ALLOC'), description: 'The macro QUILL_UNSAFE_ALLOC is used in several places, '
    + 'which may allow exploitation.' },
]
