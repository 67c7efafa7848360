import type { Database } from '../../db/database.ts'
import { openIncoming, type Incoming } from '../contact/index.ts'
import { knownKeysOf } from '../correspondence/index.ts'
import { getReport } from '../reports/index.ts'
import { readMail, type ReadMail, type Unreadable } from './mime/read-mail.ts'
import { placeOf } from './place.ts'

export interface OpenedMail { readonly read: ReadMail | Unreadable; readonly opened: Incoming | null }

interface Sent { readonly recipients: readonly string[]; readonly intake: string | null }

/** A mail taken apart, and decrypted where it was encrypted to us. What does not open says so in its text, for whoever reads it. */
export async function openMail(database: Database, organizationId: string, raw: Buffer, sent: Sent): Promise<OpenedMail> {
  const outside = await readMail(raw)
  if ('unreadable' in outside || !mayConcern(raw)) return { read: outside, opened: null }
  const opened = await database.read(organizationId, async (tx) => {
    const { report } = await placeOf(tx, { mail: outside, unreadable: '', vouching: null, ...sent })
    return openIncoming(tx, raw, report ? await knownKeysOf(tx, await getReport(tx, { kind: 'system', job: 'message.receive' }, report)) : [])
  })
  const inside = opened.raw === raw ? outside : await readMail(opened.raw)
  const read = 'unreadable' in inside ? outside : inside
  return { read: closed.has(opened.encryption.state) ? { ...read, text: [opened.encryption.words, read.text].filter(Boolean).join('\n\n') } : read, opened }
}

/** Encrypted, signed, or with a key: what has nothing of OpenPGP in it is left alone. */
const mayConcern = (raw: Buffer): boolean => /pgp|autocrypt|\.gpg|\.asc/i.test(raw.toString('latin1'))

const closed: ReadonlySet<string> = new Set(['wrong-key', 'password', 'damaged', 'unauthenticated', 'too-large', 'unsupported'])
