import { answerTasks } from '../../../lib/answer-tasks.ts'
import type { Incoming, OpeningKeys } from '../../contact/index.ts'
import { readMail, type ReadMail, type Unreadable } from '../mime/read-mail.ts'

/** With keys it is opened first. */
export interface Task { readonly raw: Uint8Array; readonly keys?: OpeningKeys }

export interface Apart {
  readonly read: ReadMail | Unreadable
  /** Something in it may be encrypted, signed, or a key: what has nothing of OpenPGP or S/MIME in it need not be opened. */
  readonly mayBeSealed: boolean
  readonly opened: Omit<Incoming, 'raw'> | null
}

answerTasks<Task, Apart>(async ({ raw: { buffer, byteOffset, length }, keys }) => {
  const raw = Buffer.from(buffer, byteOffset, length)
  if (keys) return open(raw, keys)
  return { read: await readMail(raw), mayBeSealed: /pgp|autocrypt|\.gpg|\.asc|pkcs7|\.p7m/i.test(raw.toString('latin1')), opened: null }
})

/** What does not open says so in its text, for whoever reads it. */
async function open(outside: Buffer, keys: OpeningKeys): Promise<Apart> {
  const { openIncoming } = await import('../../contact/index.ts')
  const { raw, ...opened } = await openIncoming(outside, keys)
  const inside = await readMail(raw)
  const read = 'unreadable' in inside && raw !== outside ? await readMail(outside) : inside
  const { state, words } = opened.encryption
  const said = 'unreadable' in read || !closed.has(state) ? read : { ...read, text: [words, read.text].filter(Boolean).join('\n\n') }
  return { read: said, mayBeSealed: true, opened }
}

const closed: ReadonlySet<string> = new Set(['wrong-key', 'password', 'damaged', 'unauthenticated', 'too-large', 'unsupported', 's-mime'])
