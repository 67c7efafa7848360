/** Mail as it comes in practice and as somebody would write it to break us, made from a seed: the same each time. */
export interface Awkward {
  readonly name: string
  readonly raw: Buffer
  /** What has to be found again in the text, the subject or a file, wherever it is read at all. */
  readonly words: readonly string[]
  readonly nature?: 'person' | 'bulk' | 'automatic' | 'bounce'
  /** It has to be read: a person need not look. */
  readonly reads?: true
}

type Head = readonly string[]

const bytes = (...lines: (string | Buffer)[]) =>
  Buffer.concat(lines.flatMap((line) => [typeof line === 'string' ? Buffer.from(line, 'latin1') : line, Buffer.from('\r\n')]))
const utf8 = (text: string) => Buffer.from(text)
const from = 'From: Ada <ada@lovelace.example>'
const base64 = (text: string | Buffer) => Buffer.from(text).toString('base64').replace(/.{76}/g, '$&\r\n')

export const mailOf = (head: Head, ...body: (string | Buffer)[]): Buffer => bytes(from, ...head, '', ...body)

const multipart = (kind: string, ...parts: (readonly (string | Buffer)[])[]): (string | Buffer)[] =>
  [`Content-Type: multipart/${kind}; boundary="=_b"`, '', ...parts.flatMap((part) => ['--=_b', ...part]), '--=_b--']
const whole = (kind: string, ...parts: (readonly (string | Buffer)[])[]) => bytes(from, ...multipart(kind, ...parts))

const times = <T>(count: number, of: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => of(i))

const nested = (depth: number): Buffer => bytes(from,
  ...times(depth, (i) => [`Content-Type: multipart/mixed; boundary=b${i}`, '', `--b${i}`]).flat(), 'Content-Type: text/plain', '', 'zebrafinch',
  ...times(depth, (i) => `--b${depth - 1 - i}--`))

const mailsInMails = (depth: number): Buffer => bytes(
  ...times(depth, (i) => [from, `Subject: level ${i}`, 'Content-Type: message/rfc822', '']).flat(), from, 'Subject: zebrafinch', '', 'innermost')

const charsets: Awkward[] = ([
  ['iso-2022-jp', Buffer.from('\x1b$B@H<e@-$r8+$D$1$^$7$?!#\x1b(B', 'latin1'), '脆弱性を見つけました。'],
  ['windows-1252', Buffer.from('caf\xe9 \x93quoted\x94', 'latin1'), 'café “quoted”'],
  ['windows-1251', Buffer.from('\xcf\xf0\xe8\xe2\xe5\xf2', 'latin1'), 'Привет'], ['koi8-r', Buffer.from('\xf0\xd2\xc9\xd7\xc5\xd4', 'latin1'), 'Привет'],
  ['gb18030', Buffer.from([0xc4, 0xe3, 0xba, 0xc3]), '你好'], ['big5', Buffer.from([0xa7, 0x41, 0xa6, 0x6e]), '你好'],
  ['euc-kr', Buffer.from([0xbe, 0xc8, 0xb3, 0xe7]), '안녕'], ['shift_jis', Buffer.from([0x83, 0x65, 0x83, 0x58]), 'テス'],
  ['windows-1255', Buffer.from([0xf9, 0xec, 0xe5, 0xed]), 'שלום'], ['windows-1256', Buffer.from([0xe3, 0xd1, 0xcd, 0xc8, 0xc7]), 'مرحبا'],
  ['iso-8859-15', Buffer.from([0xa4]), '€'], ['utf-8', utf8('🐞 שלום'), '🐞 שלום'], ['CP1252', Buffer.from('\x80', 'latin1'), '€'], ['"utf8"', utf8('ü'), 'ü'],
] as const).flatMap(([charset, body, word]): Awkward[] => [
  { name: `${charset}, 8bit`, raw: mailOf([`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: 8bit'], body), words: [word],
    reads: true },
  { name: `${charset}, base64`, raw: mailOf([`Content-Type: text/plain; charset=${charset}`, 'Content-Transfer-Encoding: base64'], base64(body)),
    words: [word], reads: true },
])

const wide = (encoding: 'utf-16le' | 'utf-16be') => {
  const text = Buffer.from('\uFEFFzebrafinch', 'utf16le')
  return encoding === 'utf-16le' ? text : Buffer.from(text).swap16()
}

const bodies: Awkward[] = [
  { name: 'UTF-7', raw: mailOf(['Content-Type: text/plain; charset=utf-7'], 'caf+AOk- zebrafinch'), words: ['zebrafinch'] },
  { name: 'an alphabet that nobody knows', raw: mailOf(['Content-Type: text/plain; charset=x-klingon'], 'zebrafinch'), words: ['zebrafinch'] },
  { name: 'UTF-16 with a mark', raw: mailOf(['Content-Type: text/plain; charset=utf-16', 'Content-Transfer-Encoding: base64'], base64(wide('utf-16le'))),
    words: ['zebrafinch'] },
  { name: 'UTF-16BE', raw: mailOf(['Content-Type: text/plain; charset=utf-16be', 'Content-Transfer-Encoding: base64'], base64(wide('utf-16be'))),
    words: ['zebrafinch'] },
  { name: 'a byte order mark', raw: mailOf(['Content-Type: text/plain; charset=utf-8'], utf8('\uFEFFzebrafinch')), words: ['zebrafinch'], reads: true },
  { name: 'ASCII that is not', raw: mailOf(['Content-Type: text/plain; charset=us-ascii'], Buffer.from('caf\xe9', 'latin1')), words: [] },
  { name: 'letters without an alphabet', raw: mailOf([], Buffer.from('caf\xe9', 'latin1')), words: [] },
  { name: 'NULs', raw: mailOf([], 'zebra\0finch'), words: ['finch'] }, { name: 'nothing at all', raw: Buffer.alloc(0), words: [] },
  { name: 'an empty body', raw: mailOf(['Subject: zebrafinch']), words: ['zebrafinch'], reads: true },
  { name: 'no empty line', raw: Buffer.from(`${from}\r\nSubject: zebrafinch`), words: ['zebrafinch'] },
  { name: 'bare LF', raw: Buffer.from(`${from}\nSubject: s\n\nzebrafinch\n`), words: ['zebrafinch'], reads: true },
  { name: 'bare CR', raw: Buffer.from(`${from}\rSubject: s\r\rzebrafinch\r`), words: ['zebrafinch'] },
  { name: 'an mbox line', raw: Buffer.from(`From ada@x Mon Jan  5 09:00:00 2026\n${from}\n\n>From here zebrafinch\n`), words: ['zebrafinch'], reads: true },
  { name: 'format=flowed with delsp', raw: mailOf(['Content-Type: text/plain; format=flowed; delsp=yes'], 'zebra ', 'finch', '-- ', 'Ada'),
    words: ['zebrafinch'], reads: true },
  { name: 'broken quoted-printable', raw: mailOf(['Content-Transfer-Encoding: quoted-printable', 'Content-Type: text/plain; charset=utf-8'],
    'a=ZZb =C3 zebrafinch=', '='),
    words: ['zebrafinch'] },
  { name: 'broken base64', raw: mailOf(['Content-Transfer-Encoding: base64'], 'emVicmFm!!aW5jaA'), words: [] },
  { name: 'base64 of odd length', raw: mailOf(['Content-Transfer-Encoding: base64'], 'emVicmFmaW5ja'), words: ['zebrafinc'] },
  { name: 'uuencode', raw: mailOf(['Content-Transfer-Encoding: x-uuencode'], 'begin 644 a', '#86)C', '`', 'end'), words: [] },
  { name: 'uuencode in the text', raw: mailOf([], 'zebrafinch', 'begin 644 a', '#86)C', '`', 'end'), words: ['zebrafinch', '#86)C'], reads: true },
  { name: 'HTML only', raw: mailOf(['Content-Type: text/html; charset=utf-8'], '<p>zebra<b>finch</b><script>alert(1)</script>'), words: ['zebra'],
    reads: true },
  { name: 'HTML that never ends', raw: mailOf(['Content-Type: text/html'], `${'<div><table>'.repeat(2000)}zebrafinch`), words: ['zebrafinch'] },
  { name: 'right to left and emoji', raw: mailOf(['Content-Type: text/plain; charset=utf-8'], utf8('\u202Eزيبرا 👩🏽‍🚀\u202C zebrafinch')),
    words: ['زيبرا 👩🏽‍🚀', 'zebrafinch'], reads: true },
  { name: 'a line of a megabyte', raw: mailOf([], `${'x'.repeat(1_000_000)} zebrafinch`), words: ['zebrafinch'], reads: true },
]

const heads: Awkward[] = [
  { name: 'no From', raw: Buffer.from('Subject: s\r\n\r\nzebrafinch\r\n'), words: ['zebrafinch'], reads: true },
  { name: 'a group', raw: Buffer.from('From: undisclosed:;\r\nTo: a: b@c.example, d@e.example;\r\n\r\nzebrafinch\r\n'), words: ['zebrafinch'], reads: true },
  { name: 'several From', raw: mailOf(['From: Eve <eve@mallory.example>'], 'zebrafinch'), words: ['zebrafinch'] },
  { name: 'SMTPUTF8', raw: bytes(utf8('From: Łukasz <łukasz@przykład.example>'), utf8('Subject: żółw zebrafinch'), '', 'words'), words: ['żółw zebrafinch'],
    reads: true },
  { name: 'an 8-bit head in Latin', raw: mailOf(['Subject: caf\xe9 zebrafinch'], 'words'), words: ['zebrafinch'] },
  { name: 'encoded words, split and mixed', raw: mailOf(['Subject: =?utf-8?B?emVicmE=?=\r\n =?utf-8?Q?finch?= =?iso-8859-1?q?caf=E9?='], 'w'),
    words: ['zebrafinchcafé'], reads: true },
  { name: 'encoded words, broken', raw: mailOf(['Subject: =?utf-8?B?em=V?= =?x?Q?a?= =?utf-8?X?a?= =?utf-8?Q? zebrafinch'], 'w'), words: ['zebrafinch'] },
  { name: 'folds without end', raw: mailOf([`Subject: zebrafinch${'\r\n a'.repeat(5000)}`], 'w'), words: ['zebrafinch'] },
  { name: 'a fold first', raw: Buffer.from(` folded\r\n${from}\r\n\r\nzebrafinch`), words: ['zebrafinch'] },
  { name: 'a head of two megabytes', raw: mailOf([`X-Long: ${'y'.repeat(2_000_000)}`], 'zebrafinch'), words: [] },
  { name: 'ten thousand recipients', raw: mailOf([`To: ${'a@b.example, '.repeat(10_000)}c@d.example`], 'zebrafinch'), words: ['zebrafinch'] },
  { name: 'dates of nobody’s calendar', raw: mailOf(['Date: Thirtieth of Febtober', 'Message-ID: none', 'References: <<<>>> <a@b> <'], 'zebrafinch'),
    words: ['zebrafinch'], reads: true },
  { name: 'the same field again and again', raw: mailOf(['Subject: zebrafinch', 'Subject: two', 'Content-Type: text/plain', 'Content-Type: text/html',
    'Message-ID: <1@x>',
    'Message-ID: <2@x>'], 'words'), words: ['words'] },
  { name: 'file names of RFC 2231, and a path', raw: whole('mixed', ['', 'words'],
    ["Content-Disposition: attachment; filename*0*=utf-8''%e2%82%ac; filename*1=\"zebrafinch.pdf\"", '', 'x'],
    ['Content-Disposition: attachment; filename="../../etc/passwd"', '', 'y']), words: ['€zebrafinch.pdf'], reads: true },
  { name: 'parameters in quotes that never end', raw: mailOf([`Content-Type: text/plain${'; name="'.repeat(5000)}`], 'zebrafinch'), words: [] },
]

const parts: Awkward[] = [
  { name: 'no boundary', raw: mailOf(['Content-Type: multipart/mixed'], '--b', '', 'zebrafinch', '--b--'), words: ['zebrafinch'] },
  { name: 'a boundary that is never closed', raw: mailOf(['Content-Type: multipart/mixed; boundary=b'], '--b', '', 'zebrafinch'), words: ['zebrafinch'] },
  { name: 'another boundary than announced', raw: mailOf(['Content-Type: multipart/mixed; boundary=b'], '--c', '', 'zebrafinch', '--c--'),
    words: ['zebrafinch'] },
  { name: 'the same boundary inside', raw: whole('mixed', multipart('mixed', ['', 'zebrafinch'])), words: ['zebrafinch'] },
  { name: 'words before and after the parts', raw: Buffer.concat([whole('mixed', ['', 'inner']), Buffer.from('zebrafinch\r\n')]), words: ['zebrafinch'] },
  { name: 'a multipart within base64', raw: mailOf(['Content-Type: multipart/mixed; boundary=b', 'Content-Transfer-Encoding: base64'],
    base64('--b\r\n\r\nzebrafinch\r\n--b--')), words: [] },
  ...[5, 29, 31, 60, 250].map((depth): Awkward => ({ name: `parts in parts, ${depth} deep`, raw: nested(depth), words: ['zebrafinch'] })),
  ...[1, 3, 5, 40].map((depth): Awkward => ({ name: `mails in mails, ${depth} deep`, raw: mailsInMails(depth), words: ['zebrafinch'] })),
  { name: 'five thousand parts', raw: whole('mixed', ...times(5000, () => ['', 'x'])), words: [] },
  { name: 'alternatives that differ', raw: whole('alternative', ['', 'plain'], ['Content-Type: text/html', '', '<p>zebrafinch'],
    ['Content-Type: text/x-amp-html', '', '<html amp4email>ampwords'], ['Content-Type: text/calendar; method=REQUEST', '', 'SUMMARY:meeting']),
  words: ['plain', 'zebrafinch', 'ampwords', 'meeting'], reads: true },
  { name: 'TNEF, and a bomb of zeros', raw: whole('mixed', ['', 'zebrafinch'], ['Content-Type: application/ms-tnef; name=winmail.dat',
    'Content-Transfer-Encoding: base64', '',
    base64('\x78\x9f\x3e\x22')], ['Content-Type: application/zip; name=bomb.zip', 'Content-Transfer-Encoding: base64', '', base64(Buffer.alloc(100_000))]),
  words: ['zebrafinch', 'winmail.dat', 'bomb.zip'], reads: true },
  { name: 'S/MIME, signed', raw: whole('signed; protocol="application/pkcs7-signature"', ['', 'zebrafinch'],
    ['Content-Type: application/pkcs7-signature; name=smime.p7s', 'Content-Transfer-Encoding: base64', '', 'MIIB']), words: ['zebrafinch', 'smime.p7s'],
      reads: true },
  { name: 'S/MIME, encrypted', raw: mailOf(['Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m',
    'Content-Transfer-Encoding: base64'], 'MIIB'),
    words: ['smime.p7m'], reads: true },
  { name: 'PGP/MIME of nobody', raw: whole('encrypted; protocol="application/pgp-encrypted"', ['Content-Type: application/pgp-encrypted', '', 'Version: 1'],
    ['Content-Type: application/octet-stream', '', '-----BEGIN PGP MESSAGE-----', '', 'zebra', '-----END PGP MESSAGE-----']), words: ['zebra'], reads: true },
  { name: 'inline armor that never ends', raw: mailOf([], '-----BEGIN PGP MESSAGE-----\r\n'.repeat(3000)), words: [] },
  { name: 'a megabyte of files', raw: whole('mixed', ['', 'zebrafinch'], ['Content-Type: application/octet-stream; name=a.bin',
    'Content-Transfer-Encoding: base64', '',
    base64(Buffer.alloc(1_000_000, 7))]), words: ['zebrafinch'], reads: true },
]

const daemon = ['Return-Path: <>', 'From: Mail Delivery System <MAILER-DAEMON@mx.example>']
const ours = '<0198aaaa-bbbb-7ccc-8ddd-eeeeffff0000@avow.example>'
const status = (...fields: string[]) => ['Content-Type: message/delivery-status', '', 'Reporting-MTA: dns; mx.example', '', ...fields]
const bounce = (name: string, head: readonly string[], ...body: (string | Buffer)[]): Awkward =>
  ({ name, raw: bytes(...head, ...body), words: [], nature: 'bounce', reads: true })

const bounces: Awkward[] = [
  bounce('a delivery report (RFC 3464)', [...daemon, 'Subject: Undelivered Mail Returned to Sender'], ...multipart('report; report-type=delivery-status', ['',
    'It failed.'],
    status('Final-Recipient: rfc822; ada@x.example', 'Action: failed', 'Status: 5.1.1'), ['Content-Type: message/rfc822', '', `Message-ID: ${ours}`,
      'Subject: s', '', 'w'])),
  bounce('one in German with an internationalised status', [...daemon, 'Subject: =?utf-8?Q?Nicht_zustellbar?='],
    ...multipart('report; report-type=delivery-status', ['Content-Type: text/plain; charset=utf-8', '', utf8('Nicht zustellbar.')],
      ['Content-Type: message/global-delivery-status', '', 'Reporting-MTA: dns; mx', '', 'Final-Recipient: utf-8; ada@x.example', 'Action: failed',
        'Status: 5.2.2'],
      ['Content-Type: text/rfc822-headers', '', `Message-ID: ${ours}`])),
  bounce('Exchange', ['From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@x.example>', 'Subject: Undeliverable: R-1',
    'X-MS-Exchange-Message-Is-Ndr:',
    `In-Reply-To: ${ours}`], ...multipart('report; report-type=delivery-status', ['Content-Type: text/html', '',
      '<p>Your message couldn’t be delivered'.replace('’', '&rsquo;')],
    status('Final-recipient: RFC822; ada@x.example', 'Action: failed', 'Status: 5.1.10'))),
  bounce('qmail', ['Return-Path: <>', 'From: MAILER-DAEMON@old.example', 'Subject: failure notice', '', 'Hi. This is the qmail-send program at old.example.',
    '',
    '<ada@x.example>:', 'Sorry, no mailbox here by that name. (#5.1.1)', '', '--- Below this line is a copy of the message.', '', `Message-ID: ${ours}`]),
  bounce('Exim', ['Return-Path: <>', 'From: Mail Delivery System <Mailer-Daemon@exim.example>', 'X-Failed-Recipients: ada@x.example',
    'Auto-Submitted: auto-replied',
    'Subject: Mail delivery failed: returning message to sender', `References: ${ours}`, '', '  ada@x.example', '    550 5.7.1 refused']),
  bounce('Gmail', ['Return-Path: <>', 'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>', 'Subject: Delivery Status Notification (Failure)',
    'X-Failed-Recipients: ada@x.example',
    `In-Reply-To: ${ours}`, '', '** Address not found **']),
  ...([['es', 'Mensaje no entregado'], ['fr', 'Non remis : R-1'], ['it', 'Mancata consegna: R-1'], ['pt', 'Não foi possível entregar'], ['nl',
    'Onbestelbaar: R-1'],
    ['pl', 'Niedostarczona wiadomość'], ['ru', 'Недоставленное сообщение'], ['ja', '配信不能'], ['zh', '邮件退回'], ['sv', 'Det gick inte att leverera'], ['de',
      'Unzustellbar: R-1'],
    ['cs', 'Nedoručitelná zpráva'], ['tr', 'Teslim edilemedi'], ['ko', '배달되지 않음']] as const).map(([language, subject]) =>
    bounce(`a bounce in words (${language})`, ['Return-Path: <>', 'From: postmaster@mx.example', `Subject: =?utf-8?B?${base64(subject)}?=`,
      `In-Reply-To: ${ours}`, '', 'ada@x.example 5.1.1'])),
]

const machine = (name: string, nature: Awkward['nature'], head: Head): Awkward => ({ name, raw: mailOf(head, 'zebrafinch'), words: ['zebrafinch'],
  nature: nature!, reads: true })
const machines: Awkward[] = [
  machine('an automatic answer', 'automatic', ['Auto-Submitted: auto-replied; owner-email="ada@x.example"']),
  machine('one that says auto_reply', 'automatic', ['Precedence: auto_reply']),
  machine('X-Autoreply', 'automatic', ['X-Autoreply: yes']),
  machine('X-Autorespond', 'automatic', ['X-Autorespond: gone']),
  machine('Exchange’s', 'automatic', ['X-MS-Exchange-Inbox-Rules-Loop: ada@x.example', 'Auto-Submitted: auto-generated', 'Subject: Automatic reply: R-1']),
  machine('Delivery-Autoreply', 'automatic', ['X-Mail-Autoreply: yes']),
  ...['Out of Office: R-1', 'Automatic reply: R-1', 'Automatische Antwort: R-1', 'Abwesenheitsnotiz: R-1', 'Réponse automatique : R-1',
    'Respuesta automática: R-1',
    'Risposta automatica: R-1', 'Resposta automática: R-1', 'Automatisch antwoord: R-1', 'Autosvar: R-1', 'Automaattinen vastaus: R-1',
      'Odpowiedź automatyczna: R-1',
    'Автоматический ответ: R-1', '自動応答: R-1', '自动答复: R-1', '자동 회신: R-1', 'Automatická odpověď: R-1', 'Otomatik yanıt: R-1'].map((subject) =>
    machine(`without a mark: ${subject}`, 'automatic', [`Subject: =?utf-8?B?${base64(subject)}?=`, `In-Reply-To: ${ours}`])),
  machine('a list', 'bulk', ['List-Id: <l.example>', 'Precedence: list']), machine('a scanner', 'bulk', ['Auto-Submitted: auto-generated']),
  machine('a report about automatic replies', 'person', ['Subject: Your automatic reply leaks addresses']),
  { name: 'a receipt of reading', nature: 'automatic', words: [], reads: true, raw: whole('report; report-type=disposition-notification', ['', 'It was read.'],
    ['Content-Type: message/disposition-notification', '', 'Disposition: automatic-action/MDN-sent-automatically; displayed']) },
]

/** All kinds, each as it is. */
export const awkward: readonly Awkward[] = [...charsets, ...bodies, ...heads, ...parts, ...bounces, ...machines]

/** `count` of them with something broken by chance: cut, doubled, swapped, torn, with other line ends, or one put into another. */
export function broken(seed: number, count: number): Awkward[] {
  const next = chance(seed)
  const pick = <T>(all: readonly T[]): T => all[next(all.length)]!
  const small = awkward.filter(({ raw }) => raw.length < 50_000)
  return times(count, (i) => {
    const { name, raw } = pick(small)
    const [at, to] = [next(raw.length + 1), next(raw.length + 1)].toSorted((a, b) => a - b) as [number, number]
    const [how, result] = pick<readonly [string, () => Buffer]>([
      ['cut', () => raw.subarray(0, to)], ['begun late', () => raw.subarray(at)], ['torn', () => Buffer.concat([raw.subarray(0, at), raw.subarray(to)])],
      ['doubled', () => Buffer.concat([raw.subarray(0, to), raw.subarray(at)])],
      ['with noise', () => Buffer.concat([raw.subarray(0, at), Buffer.from(times(40, () => next(256))), raw.subarray(at)])],
      ['with bare line ends', () => Buffer.from(raw.toString('latin1').replaceAll('\r\n', pick(['\n', '\r', '\r\r\n', '\n\r'])), 'latin1')],
      ['within a mail', () => bytes(from, 'Content-Type: message/rfc822', '', raw)], ['as a part', () => whole('mixed', ['', 'words'], [raw])],
      ['one after the other', () => Buffer.concat([raw, pick(small).raw])],
    ])
    return { name: `${seed}.${i}: ${name}, ${how}`, raw: result(), words: [] }
  })
}

/** Numbers below `most`, the same for the same seed (mulberry32). */
function chance(seed: number): (most: number) => number {
  let state = seed
  return (most) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) % most
  }
}
