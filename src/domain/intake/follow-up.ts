import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { lookupHash } from '../../seal/lookup.ts'
import { answerArrival, keyArrived, mailArrived, type Arrived } from '../correspondence/index.ts'
import { getReport } from '../reports/index.ts'
import type { Arrival } from './receive-message.ts'

/** Automatic answers to one address within a day: two machines that write to each other end there. */
const mostAnswers = 5

/** A mail has become part of a case: what follows it answers it, a key in it may serve, and a new report is answered once. True where it was. */
export async function followUp(tx: Tx, reportId: string, arrival: Arrival, isNew: boolean): Promise<boolean> {
  const { mail, opened, keys } = arrival
  if (!mail) return false
  const report = await getReport(tx, { kind: 'system', job: 'message.receive' }, reportId)
  const { encryption, signature } = (opened ?? { encryption: 'none', signature: 'none' }) as Pick<Arrived, 'encryption' | 'signature'>
  if (mail.messageId !== null) await mailArrived(tx, report, { messageId: mail.messageId, references: mail.follows, encryption, signature })
  for (const { armored, by } of keys) await keyArrived(tx, report, armored, { by, sure: signature === 'known' })
  if (!isNew || report.state === 'closed' || !await mayBeAnswered(tx, arrival)) return false
  await answerArrival(tx, reportId, encryption)
  return true
}

/** Never a machine, a list, whoever wrote a mail that the team brought in, or an address whose own domain says that the mail is not from there. */
async function mayBeAnswered(tx: Tx, { mail, vouching, brought }: Arrival): Promise<boolean> {
  if (brought || !mail?.from || mail.nature.kind !== 'person' || vouching?.verdict === 'does not') return false
  const { answers } = await tx.db.selectFrom('messages').select((is) => is.fn.countAll<number>().as('answers'))
    .where('sender_hash', '=', await lookupHash(tx, 'message-sender', mail.from.address)).where('answered', '=', true)
    .where('received_at', '>', timestampOf(tx.now.subtract({ hours: 24 }))).executeTakeFirstOrThrow()
  return Number(answers) < mostAnswers
}
