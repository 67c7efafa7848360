import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { eraseFacts } from '../../ledger/index.ts'
import { eraseSubject } from '../../seal/erase-subject.ts'
import { whenErased } from '../reports/index.ts'
import { messagesAbout, type Message } from './message.ts'

/** How long what a person discarded can still be read. */
const keptDays = 90

/** A mail's source holds who wrote and what: it goes with either. */
whenErased(async (tx, report) => { for (const message of await messagesAbout(tx, report)) await forget(tx, message) })

/** What was discarded long ago. */
export async function forgetDiscarded(tx: Tx): Promise<void> {
  const old = await tx.db.selectFrom('messages').selectAll().where('settled_as', '=', 'discarded').where('box', 'is not', null)
    .where('settled_at', '<', timestampOf(tx.now.subtract({ hours: keptDays * 24 }))).limit(500).execute()
  for (const message of old) await forget(tx, message)
}

type Forgettable = Pick<Message, 'id' | 'key_id' | 'box' | 'became' | 'brought_by'>

async function forget(tx: Tx, { id, key_id: key, box, became, brought_by: brought }: Forgettable): Promise<void> {
  if (box === null) return
  // The ledger holds facts of what was quarantined or brought in, and of nothing else.
  await (became === 'quarantined' || brought !== null ? eraseFacts(tx, key, 'retention') : eraseSubject(tx, key))
  await tx.db.updateTable('messages').set({ box: null, sender_hash: null, message_id_hash: null }).where('id', '=', id).execute()
}
