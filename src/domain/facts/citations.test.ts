import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { citationsIn } from './citations.ts'

describe('what a report points at', () => {
  it('are the hosts of its addresses', () => {
    const { hosts } = citationsIn(
      'See https://Shop.example:8443/?next=//b.example, https://shop.example:8443, http://münchen.example. and (https://[2001:db8::1]/a) or http://10.0.0.7')
    assert.deepEqual(hosts, ['shop.example:8443', 'xn--mnchen-3ya.example', '[2001:db8::1]', '10.0.0.7'])
  })

  it('are versions where the text says so; other numbers are mentioned, and dates, addresses and parts of words are nothing', () => {
    const { versions, mentioned } = citationsIn('Since v8.5.0, releases 8.4 and 9.0.0-rc2 too; not 192.168.0.1.5.6, not 50.5%, not abc1.2, not '
      + 'CVSS:3.1/AV:N, HTTP/1.1 or '
      + 'TLS 1.3. Version: Quill 2.1.0. It takes 3.5 s with Python version 3.11 on 127.0.0.1; a score of 9.8.')
    assert.deepEqual(versions, ['8.5.0', '8.4', '9.0.0-rc2', '2.1.0'])
    assert.deepEqual(mentioned.versions, ['3.5', '3.11', '127.0.0.1', '9.8'])
  })

  it('are commits where the text says so, and no plain words, numbers or checksums', () => {
    const { commits, mentioned } = citationsIn('Broken by commit 3fb1a2c9. The file has the SHA-1 sum 0123456789abcdef0123456789abcdef01234567; not '
      + '20260105, deadbeefs, facade, x/3fb1a2c9, '
      + 'd41d8cd98f00b204e9800998ecf8427e')
    assert.deepEqual([commits, mentioned.commits], [['3fb1a2c9'], ['0123456789abcdef0123456789abcdef01234567']])
  })

  it('are source files with their lines', () => {
    const { files } = citationsIn('In lib/url.c:1234 and src/http/parse.rs#L7, see cart.tsx, line 12; read.me is none, https://x.example/a.php neither.')
    assert.deepEqual(files, [{ path: 'lib/url.c', line: 1234 }, { path: 'src/http/parse.rs', line: 7 }, { path: 'cart.tsx', line: 12 }])
  })

  it('are symbols that are called or said to be one; names in quotes and in stack traces are mentioned', () => {
    const { symbols, mentioned } = citationsIn('curl_easy_setopt() calls `Curl_http2_setup` and Foo::bar(), then the `the` value; main() is everybody’s, '
      + 'alert() too. '
      + 'The function parse_range and the `readLine` method, but the function is called by GitHub.\n```\nmy_own(); `x_y`\n    #1 0x4f8a in next_token '
      + 'lib/a.c:12\n```\n')
    assert.deepEqual(symbols, ['curl_easy_setopt', 'Foo::bar', 'parse_range', 'readLine'])
    assert.deepEqual(mentioned.symbols, ['Curl_http2_setup', 'next_token'])
  })

  it('are those of a proof of concept as mentioned alone, but for its files', () => {
    const { symbols, mentioned, files } = citationsIn('See below.', 'exploit()\n    #0 0x1 in read_it /build/lib/url.c:7')
    assert.deepEqual([symbols, mentioned.symbols, files], [[], ['read_it'], [{ path: '/build/lib/url.c', line: 7 }]])
  })

  it('are ids of known weaknesses, however they are written', () => {
    const { cves, cwes } = citationsIn('cve-2021-44228 is CWE-502 and cwe 79, CWE0089; CVE-21-1 is none')
    assert.deepEqual([cves, cwes], [['CVE-2021-44228'], ['CWE-502', 'CWE-89']])
  })

  it('are found in time that grows with the text, whatever it is, and never more than fifty of a kind', () => {
    const nasty = ['a.'.repeat(400_000), '1.'.repeat(400_000), 'a/'.repeat(400_000), '::a'.repeat(300_000), 'https://'.repeat(100_000), '`'.repeat(900_000)]
    for (const text of nasty) citationsIn(text)
    assert.equal(citationsIn(Array.from({ length: 200 }, (_, i) => `https://h${i}.example/`).join(' ')).hosts.length, 50)
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => { citationsIn(text) }))
  })
})
