import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readMail, type ReadMail } from './read-mail.ts'
import { defaultLimits } from './structure.ts'

const mail = (...lines: string[]) => Buffer.from(`${lines.join('\r\n')}\r\n`, 'latin1')

async function read(...lines: string[]): Promise<ReadMail> {
  const result = await readMail(mail(...lines))
  assert.ok(!('unreadable' in result), JSON.stringify(result))
  return result
}

async function unreadable(raw: Buffer, why: RegExp): Promise<void> {
  const result = await readMail(raw)
  assert.ok('unreadable' in result, JSON.stringify(result))
  assert.match(result.unreadable, why)
}

describe('a mail', () => {
  it('keeps its words in their charset, encoded names, and what was flowed', async () => {
    const { from, subject, text, files } = await read(
      'From: =?utf-8?Q?J=C3=B6rg?= <Joerg@Example.org>', 'Subject: =?iso-2022-jp?B?GyRCJUYlOSVIGyhC?=', 'Content-Type: multipart/mixed; boundary="b c"', '',
      '--b c', 'Content-Type: text/plain; charset=koi8-r; format=flowed', '', '\xf0\xf2\xe9\xf7\xe5\xf4 one ', 'line',
      '--b c', "Content-Type: application/pdf; name*0*=utf-8''%e2%82%ac; name*1=.pdf", 'Content-Transfer-Encoding: base64', '', 'JVBERi0=', '--b c--')
    assert.deepEqual(from, { name: 'Jörg', address: 'joerg@example.org' })
    assert.equal(subject, 'テスト')
    assert.equal(text, 'ПРИВЕТ one line')
    assert.deepEqual(files.map(({ name, content }) => [name, Buffer.from(content).toString()]), [['€.pdf', '%PDF-']])
  })

  it('is text for a person where it is HTML alone, and the HTML stays', async () => {
    const { text, files } = await read('From: a@b.example', 'Content-Type: text/html', '', '<p>Open <b>redirect</b></p><ul><li>one<li>two</ul>')
    assert.match(text, /Open redirect[^]*one[^]*two/)
    assert.deepEqual(files.map(({ name }) => name), ['message.html'])
  })

  it('keeps S/MIME and TNEF as files, and reads a mail within it', async () => {
    const { text, files } = await read('From: a@b.example', 'Content-Type: multipart/mixed; boundary=b', '',
      '--b', 'Content-Type: application/ms-tnef; name=winmail.dat', 'Content-Transfer-Encoding: base64', '', 'eJ8+',
      '--b', 'Content-Type: application/pkcs7-signature', '', 'abc',
      '--b', 'Content-Type: message/rfc822', '', 'Subject: forwarded', '', 'inner words', '--b--')
    assert.deepEqual(files.map(({ name }) => name), ['winmail.dat', 'part-2.p7s', 'part-3.eml'])
    assert.match(text, /Subject: forwarded\n\ninner words/)
  })

  it('names what it follows, the message that it answers last', async () => {
    assert.deepEqual((await read('From: a@b.example', 'References: <1@x> <2@x>', 'In-Reply-To: <2@x>', '', 'yes')).follows, ['<1@x>', '<2@x>'])
  })

  it('holds no NUL', async () => assert.equal((await read('From: a@b.example', '', 'a\0b')).text, 'a\uFFFDb'))
})

describe('the nature of a mail', () => {
  const nature = async (...head: string[]) => (await read('From: a@b.example', ...head, '', 'words')).nature.kind

  it('is a machine’s answer, a mail to many, or a person’s', async () => {
    assert.equal(await nature('Auto-Submitted: auto-replied (vacation)'), 'automatic')
    assert.equal(await nature('X-Autoreply: yes'), 'automatic')
    assert.equal(await nature('Auto-Submitted: auto-generated'), 'bulk')
    assert.equal(await nature('Precedence: list'), 'bulk')
    assert.equal(await nature('List-Id: <announce.example.org>'), 'bulk')
    assert.equal(await nature('X-Auto-Response-Suppress: OOF'), 'bulk')
    assert.equal(await nature('Return-Path: <>'), 'bulk')
    assert.equal(await nature('Auto-Submitted: no'), 'person')
  })

  it('is a bounce with its status, recipient, and the message that came back', async () => {
    const { nature } = await read('From: MAILER-DAEMON@mx.example', 'Content-Type: multipart/report; report-type=delivery-status; boundary=b', '',
      '--b', '', 'It could not be delivered.', '--b', 'Content-Type: message/delivery-status', '',
      'Reporting-MTA: dns; mx.example', '', 'Final-Recipient: rfc822; Ann@example.org', 'Action: failed', 'Status: 5.1.1',
      '--b', 'Content-Type: text/rfc822-headers', '', 'Message-ID: <ours@avow.example>', '--b--')
    assert.deepEqual(nature, { kind: 'bounce', action: 'failed', status: '5.1.1', recipient: 'ann@example.org', about: ['<ours@avow.example>'] })
  })

  it('is a bounce in words of their own too', async () => {
    const { nature } = await read('From: postmaster@old.example', 'Subject: Undeliverable: R-1', '', '<ann@example.org>: user unknown (550 5.1.1)', '',
      '> Message-ID: <ours@avow.example>')
    assert.deepEqual(nature, { kind: 'bounce', action: 'failed', status: '5.1.1', recipient: 'ann@example.org', about: ['<ours@avow.example>'] })
  })
})

describe('a message that cannot be taken apart whole', () => {
  const head = ['From: a@b.example', 'Content-Type: multipart/mixed; boundary=b']

  it('says what is wrong with it', async () => {
    await unreadable(mail(...head, '', 'words'), /no part begins/)
    await unreadable(mail(...head, '', '--b', '', 'words'), /never closed/)
    await unreadable(mail('no header at all', '', 'words'), /no header/)
    await unreadable(mail('From: a@b.example', 'Content-Type: text/plain; charset=klingon', '', 'words'), /“klingon”, which is not known/)
    await unreadable(mail('From: a@b.example', 'Content-Transfer-Encoding: x-uuencode', '', 'words'), /x-uuencode/)
    await unreadable(mail('From: a@b.example', 'Content-Transfer-Encoding: base64', '', 'd29yZHM=', '-- footer!'), /base64 is not/)
    await unreadable(mail('From: a@b.example', '', '\xe4\xf6\xfc'), /how its letters are written/)
  })

  it('stops at limits: parts, depth, head, size', async () => {
    const nested = (depth: number): string[] => depth === 0 ? ['', 'words']
      : [`Content-Type: multipart/mixed; boundary=b${depth}`, '', `--b${depth}`, ...nested(depth - 1),
      `--b${depth}--`]
    await unreadable(mail('From: a@b.example', ...nested(40)), /deeper/)
    await unreadable(mail(...head, '', ...Array<string>(600).fill('--b\r\n\r\n'), '--b--'), /more parts/)
    await unreadable(mail(`Subject: ${'x'.repeat(2e6)}`, '', 'words'), /head is longer/)
    assert.ok('unreadable' in await readMail(Buffer.alloc(100), { ...defaultLimits, bytes: 99 }))
  })

  it('is read all the same where only a line is a megabyte long', async () =>
    assert.equal((await read('From: a@b.example', '', 'x'.repeat(1e6))).text.length, 1e6))
})

describe('any bytes', () => {
  const line = fc.oneof(
    fc.constantFrom('Content-Type: multipart/mixed; boundary=a',
      'Content-Type: multipart/alternative; boundary="a b"', 'Content-Type: message/rfc822', 'Content-Type: text/html',
      'Content-Transfer-Encoding: base64', 'Content-Transfer-Encoding: quoted-printable',
      'Subject: =?utf-8?B?4pyT?=', 'From: <a@b.example>', 'Content-Type: text/plain; charset=utf-16',
      'Content-Disposition: attachment; filename*=utf-8\'\'%00%ff', '--a', '--a--', '--a b', '--a b--', '', '', 'words', '=E2=9C=93=', 'd29yZHM=', '<p>words'),
    fc.string({ unit: 'binary', maxLength: 60 }), fc.string({ maxLength: 60 }))

  const isEither = async (raw: Buffer) => {
    const result = await readMail(raw)
    return 'unreadable' in result ? result.unreadable.length > 0 : typeof result.text === 'string' && result.text.isWellFormed() && !result.text.includes('\0')
  }

  it('are a mail or unreadable, whatever they are', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), (bytes) => isEither(Buffer.from(bytes))), { numRuns: 500 })
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 60 }), (lines) => isEither(Buffer.from(lines.join('\n')))), { numRuns: 3000 })
  })

  it('lose no plainly written word when they are read', async () => {
    await fc.assert(fc.asyncProperty(fc.array(line, { maxLength: 40 }), async (lines) => {
      const result = await readMail(Buffer.from(['From: a@b.example', ...lines, '', 'zebrafinch'].join('\n')))
      if ('unreadable' in result) return true
      return [result.text, ...result.files.map(({ content }) => Buffer.from(content).toString('latin1'))].join('\n').includes('zebrafinch')
        || lines.some((one) => /base64|utf-16/i.test(one))
    }), { numRuns: 2000 })
  })
})
