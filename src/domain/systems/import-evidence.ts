import { z } from 'zod'
import { countHolders } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound, Refused, refuseIf } from '../../lib/errors.ts'
import { personBehind } from '../../access/person-behind.ts'
import { verb } from '../../verbs/verb.ts'
import { entryOf, Evidence, practiceOf } from './record-evidence.ts'
import { practiceKinds } from './practice-kinds.ts'

const Opening = Evidence.extend({ effective_at: z.iso.datetime().describe('When it was done') })
const Rows = z.array(Opening).min(1, 'Give at least one.').max(1000)

/**
 * A company does not begin on the day on which it installs Avow. What was done before is imported once, marked as unwitnessed: it says
 * when the last one was, and counts for nothing else. A second person has to agree where there is one.
 */
export const importEvidence = verb({
  name: 'evidence.import',
  summary: 'Import, once, what was done before Avow. It is marked as unwitnessed, and a second person approves it where there is one.',
  may: 'evidence.import',
  input: z.object({ rows: Rows }),
  entries: practiceKinds(),
  async run({ tx, actor }, { rows }) {
    for (const row of rows) await checkRow(tx, row)
    const before = await tx.db.selectFrom('evidence_imports').select(['id', 'recorded_at']).executeTakeFirst()
    refuseIf(before?.recorded_at, 'evidence_already_imported', 'Opening evidence is imported once. What is done now is recorded.')
    if (before) await tx.db.deleteFrom('evidence_imports').where('id', '=', before.id).execute()
    const id = tx.newId()
    const [now, alone] = [new Date(tx.now.epochMilliseconds), await countHolders(tx, 'evidence.import') < 2]
    await tx.db.insertInto('evidence_imports').values({
      organization_id: tx.organizationId, id, rows: JSON.stringify(rows),
      proposed_by: await personBehind(tx, actor), proposed_at: now, recorded_at: alone ? now : null,
    }).execute()
    if (alone) await record(tx, rows)
    return { import: id, recorded: alone }
  },
})

export const approveImport = verb({
  name: 'evidence.approve-import',
  summary: 'Approve, as a second person, the import of what was done before Avow.',
  may: 'evidence.import',
  input: z.object({ import: z.uuid() }),
  entries: practiceKinds(),
  async run({ tx, actor }, input) {
    const proposed = await tx.db.selectFrom('evidence_imports').selectAll().where('id', '=', input.import).forUpdate().executeTakeFirst()
    if (!proposed) throw new NotFound()
    if (proposed.recorded_at) throw new Refused('evidence_already_imported')
    refuseIf(proposed.proposed_by === await personBehind(tx, actor), 'second_person_needed', 'Somebody else has to approve it.')
    await tx.db.updateTable('evidence_imports').set({ recorded_at: new Date(tx.now.epochMilliseconds) }).where('id', '=', proposed.id).execute()
    await record(tx, Rows.parse(proposed.rows))
    return { import: proposed.id, recorded: true }
  },
})

async function checkRow(tx: Tx, row: z.output<typeof Opening>): Promise<void> {
  await entryOf(tx, practiceOf(row.kind), row)
  const claimed = Temporal.Instant.from(row.effective_at)
  if (Temporal.Instant.compare(claimed, tx.now) > 0) throw new Invalid({ rows: `${row.kind} of ${row.effective_at} has not come yet.` })
}

async function record(tx: Tx, rows: z.output<typeof Rows>): Promise<void> {
  for (const row of rows) {
    const kind = practiceOf(row.kind)
    await append(tx, kind, { ...await entryOf(tx, kind, row), opening: true, effectiveAt: Temporal.Instant.from(row.effective_at) })
  }
}
