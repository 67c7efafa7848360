import { z } from 'zod'
import { countHolders } from '../../access/memberships.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { askForApproval } from '../../mail/index.ts'
import { Invalid, NotFound, Refused, refuseIf } from '../../lib/errors.ts'
import { personBehind } from '../../access/person-behind.ts'
import { parse } from '../../verbs/parse.ts'
import { Moment, readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { readLines } from './evidence-lines.ts'
import { entryOf, Evidence, practiceOf } from './record-evidence.ts'
import { practiceKinds } from './practice-kinds.ts'

const Opening = Evidence.extend({ effective_at: Moment.describe('When it was done') })
const Rows = z.array(Opening).max(1000)
export type Opening = z.output<typeof Opening>

/**
 * A company does not begin on the day on which it installs Avow. What was done before is imported once, marked as unwitnessed: it says
 * when the last one was, and counts for nothing else. A second person has to agree where there is one.
 */
export const importEvidence = verb({
  name: 'evidence.import',
  summary: 'Import, once, what was done before Avow. It is marked as unwitnessed, and a second person approves it where there is one.',
  may: 'evidence.import',
  input: z.object({
    rows: Rows.default([]).describe('What was done'),
    text: z.string().max(500_000).optional().describe('The same as CSV (kind, subject, date, marks, note) or as JSON lines'),
  }),
  entries: practiceKinds(),
  async run({ tx, actor }, input) {
    const rows = input.text === undefined ? input.rows : await readOpenings(tx, input.text)
    if (rows.length === 0) throw new Invalid({ [input.text === undefined ? 'rows' : 'text']: 'Give at least one.' })
    for (const row of rows) await checkRow(tx, row)
    const before = await tx.db.selectFrom('evidence_imports').select(['id', 'recorded_at']).executeTakeFirst()
    refuseIf(before?.recorded_at, 'evidence_already_imported', 'Opening evidence is imported once. What is done now is recorded.')
    if (before) await tx.db.deleteFrom('evidence_imports').where('id', '=', before.id).execute()
    const id = tx.newId()
    const [now, alone] = [timestampOf(tx.now), await countHolders(tx, 'approvals.give') < 2]
    await tx.db.insertInto('evidence_imports').values({
      organization_id: tx.organizationId, id, rows: JSON.stringify(rows),
      proposed_by: await personBehind(tx, actor), proposed_at: now, recorded_at: alone ? now : null,
    }).execute()
    await (alone ? record(tx, rows) : askForApproval(tx, 'An import of what was done before Avow'))
    return { import: id, recorded: alone }
  },
})

export const approveImport = verb({
  name: 'evidence.approve-import',
  summary: 'Approve, as a second person, the import of what was done before Avow.',
  may: 'approvals.give', stepUp: true,
  input: z.object({ import: z.uuid() }),
  entries: practiceKinds(),
  async run({ tx, actor }, input) {
    const proposed = await tx.db.selectFrom('evidence_imports').selectAll().where('id', '=', input.import).forUpdate().executeTakeFirst()
    if (!proposed) throw new NotFound()
    if (proposed.recorded_at) throw new Refused('evidence_already_imported')
    refuseIf(proposed.proposed_by === await personBehind(tx, actor), 'second_person_needed', 'Somebody else has to approve it.')
    await tx.db.updateTable('evidence_imports').set({ recorded_at: timestampOf(tx.now) }).where('id', '=', proposed.id).execute()
    await record(tx, Rows.parse(proposed.rows))
    return { import: proposed.id, recorded: true }
  },
})

/** The import that waits for a second person. */
export async function findOpenImport(tx: Tx): Promise<{ id: string; rows: Opening[]; proposedBy: string } | null> {
  const row = await tx.db.selectFrom('evidence_imports').selectAll().where('recorded_at', 'is', null).executeTakeFirst()
  return row ? { id: row.id, rows: Rows.parse(row.rows), proposedBy: row.proposed_by } : null
}

/** What a pasted text holds. Throws Invalid with the line that does not fit. */
export async function readOpenings(tx: Tx, text: string): Promise<Opening[]> {
  const found: Opening[] = []
  for (const { line, row } of readLines(text)) {
    try {
      found.push(parse(Opening, row))
      await checkRow(tx, found.at(-1)!)
    } catch (error) {
      if (!(error instanceof Invalid)) throw error
      throw new Invalid({ text: `Line ${line}: ${Object.values(error.fields).join(' ')}` })
    }
  }
  if (found.length > 1000) throw new Invalid({ text: 'At most 1,000 at once.' })
  return found
}

async function checkRow(tx: Tx, row: Opening): Promise<void> {
  await entryOf(tx, practiceOf(row.kind), row)
  if (Temporal.Instant.compare(await readMoment(tx, row.effective_at), tx.now) > 0) {
    throw new Invalid({ rows: `${row.kind} of ${row.effective_at} has not come yet.` })
  }
}

async function record(tx: Tx, rows: readonly Opening[]): Promise<void> {
  for (const row of rows) {
    const kind = practiceOf(row.kind)
    await append(tx, kind, { ...await entryOf(tx, kind, row), opening: true, effectiveAt: await readMoment(tx, row.effective_at) })
  }
}
