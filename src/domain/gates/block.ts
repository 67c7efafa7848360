import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { openText, organizationKey, sealText } from '../../seal/envelope.ts'
import type { SenderKind } from './senders.ts'

export interface Block { readonly id: string; readonly report: string; readonly kind: SenderKind; readonly reason: string; readonly made_at: string }

const context = (id: string) => `sender-block:${id}`

/**
 * Blocks all that the report's sender is known by, but not the network, which is others' too. Whoever vouched for them vouches for nobody any
 * more: all codes of the same giver end. Answers how many ways are shut; none where the report came from nobody in particular.
 */
export async function blockSenders(tx: Tx, { report, reason, by }: { report: string; reason: string; by: string }): Promise<number> {
  const senders = await tx.db.selectFrom('report_senders').select(['kind', 'hash']).where('report_id', '=', report).where('kind', '!=', 'network').execute()
  const keyId = await organizationKey(tx)
  for (const sender of senders) {
    const id = tx.newId()
    const row = { organization_id: tx.organizationId, id, report_id: report, ...sender, reason: await sealText(tx, keyId, context(id), reason), made_by: by }
    await tx.db.insertInto('sender_blocks').values({ ...row, made_at: timestampOf(tx.now) }).onConflict((conflict) => conflict.doNothing()).execute()
  }
  const code = senders.find(({ kind }) => kind === 'voucher')
  if (code) await endCodesOfGiver(tx, code.hash)
  return senders.length
}

const endCodesOfGiver = (tx: Tx, hash: Buffer) =>
  tx.db.updateTable('vouchers').set({ ended_at: timestampOf(tx.now) }).where('ended_at', 'is', null)
    .where('report_id', 'in', (one) => one.selectFrom('vouchers').select('report_id').where('hash', '=', hash)).execute()

const shown = ['sender_blocks.id', 'sender_blocks.report_id', 'sender_blocks.kind', 'reason', 'made_at'] as const

/** The block in force against whoever sent this report, with its reason. */
export async function blockAgainst(tx: Tx, report: string): Promise<Block | null> {
  const row = await tx.db.selectFrom('sender_blocks').innerJoin('report_senders', 'report_senders.hash', 'sender_blocks.hash').select(shown)
    .where('report_senders.report_id', '=', report).where('lifted_at', 'is', null).orderBy('made_at').executeTakeFirst()
  return row ? opened(tx, row) : null
}

/** Every block in force, newest first. */
export async function listBlocks(tx: Tx): Promise<Block[]> {
  const rows = await tx.db.selectFrom('sender_blocks').select(shown).where('lifted_at', 'is', null).orderBy('made_at', 'desc').limit(500).execute()
  return Promise.all(rows.map((row) => opened(tx, row)))
}

/** Lifts all blocks that shut out the sender of this report. Answers how many. */
export async function liftBlocks(tx: Tx, report: string): Promise<number> {
  const done = await tx.db.updateTable('sender_blocks').set({ lifted_at: timestampOf(tx.now) }).where('lifted_at', 'is', null)
    .where('hash', 'in', (one) => one.selectFrom('report_senders').select('hash').where('report_id', '=', report)).executeTakeFirst()
  return Number(done.numUpdatedRows)
}

async function opened(tx: Tx, row: { id: string; report_id: string; kind: SenderKind; reason: Buffer; made_at: Date }): Promise<Block> {
  const reason = await openText(tx, await organizationKey(tx), context(row.id), row.reason)
  return { id: row.id, report: row.report_id, kind: row.kind, reason, made_at: row.made_at.toISOString() }
}
