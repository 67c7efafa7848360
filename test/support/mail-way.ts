import { randomUUID } from 'node:crypto'
import MailComposer from 'nodemailer/lib/mail-composer/index.js'
import { createTransport } from 'nodemailer'
import PostalMime, { type Email } from 'postal-mime'
import { openPgpKey } from '../../src/domain/contact/index.ts'
import { addIntakeAddress } from '../../src/domain/intake/addresses.ts'
import '../../src/domain/intake/index.ts'
import { startReceiver } from '../../src/domain/intake/ways/smtp-receiver.ts'
import { gnuPg, type GnuPg } from './gnupg.ts'
import { addresses, postOffice, type PostOffice } from './post-office.ts'
import type { Site } from './site.ts'

const { ada, intake } = addresses

export interface Written { readonly to?: string; readonly subject?: string; readonly inReplyTo?: string; readonly key?: boolean }

/** Mail in both directions: Avow’s own receiver, the relay that its letters go by, and Ada with GnuPG. The site’s clock is that on the wall. */
export interface MailWay {
  readonly office: PostOffice
  send(mail: { from: string; to?: string; subject?: string; text?: string; raw?: string }): Promise<void>
  /** From Ada as a mail program does it: the whole content, with her key where she sends it, signed and encrypted (RFC 3156). */
  writeEncrypted(words: string, more?: Written): Promise<void>
  /** The newest letter to Ada, as the network saw it and as she reads it. */
  newest(): Promise<{ seen: Email; raw: string; sender: string; read: Email }>
  close(): Promise<void>
}

export async function mailWay(s: Site): Promise<MailWay> {
  const office = await postOffice(s)
  await s.as('admin').run(addIntakeAddress, { address: intake })
  const resolver = async () => { throw Object.assign(new Error('none'), { code: 'ENOTFOUND' }) }
  const receiver = await startReceiver({ database: s.database, address: intake, onError: console.error, resolver },
    { listen: '127.0.0.1:0', mostBytes: 1_000_000 })
  const outbox = createTransport({ host: '127.0.0.1', port: receiver.port, secure: false })
  const gpg = gnuPg()
  gpg.import((await openPgpKey(s.database, s.organization.id, { name: 'Organization 1', address: intake })).publicKey)
  gpg.key(ada)
  const send: MailWay['send'] = async ({ from, to = intake, raw, ...mail }) => {
    await outbox.sendMail(raw === undefined ? { from, to, ...mail } : { envelope: { from, to }, raw })
  }
  return {
    office, send,
    writeEncrypted: async (words, more = {}) => send({ from: ada, to: more.to ?? intake, raw: await sealed(gpg, words, more) }),
    async newest() {
      const { mail, raw, sender } = (await office.posted()).findLast(({ mail: one }) => one.to?.[0]?.address === ada)!
      const [armored] = /-----BEGIN PGP MESSAGE-----[\s\S]+-----END PGP MESSAGE-----/.exec(raw.toString())!
      return { seen: mail, raw: raw.toString(), sender, read: await PostalMime.parse(gpg(['--ignore-time-conflict', '--decrypt'], armored)) }
    },
    async close() {
      gpg.close()
      outbox.close()
      await receiver.stop()
      await office.close()
    },
  }
}

async function sealed(gpg: GnuPg, words: string, { to = intake, subject = 'Re: ...', inReplyTo = '', key = false }: Written): Promise<string> {
  const attachments = key ? [{ filename: 'ada.asc', content: gpg.publicKey(ada), contentType: 'application/pgp-keys' }] : []
  const inner = await new MailComposer({ text: words, attachments }).compile().build()
  const body = gpg(['--armor', '--encrypt', '--sign', '--local-user', ada, '--recipient', intake], inner).toString()
  const thread = inReplyTo ? [`In-Reply-To: ${inReplyTo}`] : []
  return [`From: Ada <${ada}>`, `To: ${to}`, `Subject: ${subject}`, `Message-ID: <${randomUUID()}@researcher.example>`, ...thread,
    'MIME-Version: 1.0', 'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b', '',
    '--b', 'Content-Type: application/pgp-encrypted', '', 'Version: 1', '',
    '--b', 'Content-Type: application/octet-stream', '', body, '--b--', ''].join('\r\n')
}
