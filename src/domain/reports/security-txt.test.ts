import assert from 'node:assert/strict'
import { test } from 'node:test'
import { securityTxt } from './security-txt.ts'

const base = { report: 'https://a.example.invalid/report', policy: null, canonical: 'https://a.example.invalid/.well-known/security.txt',
  encryption: 'https://a.example.invalid/openpgp-key.asc', mailbox: null }

test('it writes what RFC 9116 asks for, with lines that end as the standard says', () => {
  const text = securityTxt({ ...base, policy: 'https://a.example.invalid/policies/security', mailbox: 'security@a.example.invalid',
    now: Temporal.Instant.from('2026-03-01T15:20:00Z') })
  assert.equal(text, [
    'Contact: https://a.example.invalid/report', 'Contact: mailto:security@a.example.invalid', 'Expires: 2026-03-31T00:00:00Z',
    'Encryption: https://a.example.invalid/openpgp-key.asc',
    'Preferred-Languages: en',
    'Canonical: https://a.example.invalid/.well-known/security.txt', 'Policy: https://a.example.invalid/policies/security', '',
  ].join('\r\n'))
})

test('it never expires while somebody reads it', () => {
  for (const now of ['2026-01-31T00:00:00Z', '2026-02-28T23:59:59Z', '2027-12-31T12:00:00Z']) {
    const expires = /^Expires: (.*)$/m.exec(securityTxt({ ...base, now: Temporal.Instant.from(now) }).replaceAll('\r', ''))![1]!
    assert.ok(Temporal.Instant.compare(expires, Temporal.Instant.from(now).add({ hours: 28 * 24 })) > 0)
  }
})
