import { z } from 'zod'
import type { Actor } from '../../../access/actor.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Forbidden, refuseIf } from '../../../lib/errors.ts'
import { verb } from '../../../verbs/verb.ts'
import { keepBox } from '../drafts.ts'
import { lockReport } from '../find.ts'
import { giveTo, setTag, setWatch } from './changes.ts'
import { UNDO_MINUTES, type Undo } from './doings.ts'
import { setLink } from './links.ts'

/** Only by whoever did it, and for some minutes: later, others have gone on from there. */
export const undoDoing = verb({
  name: 'report.undo', summary: 'Take back what you did a moment ago: an assignment, tags, links, watching, a draft that you discarded.',
  may: 'reports.read', entries: [],
  input: z.object({ batch: z.uuid().describe('What was done at once') }),
  output: z.object({ undone: z.number() }),
  async run({ tx, actor }, { batch }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.read')
    const rows = await tx.db.updateTable('report_doings as d').set({ undo: null }).from('report_doings as was').whereRef('was.id', '=', 'd.id')
      .where('d.batch_id', '=', batch).where('d.account_id', '=', actor.accountId).where('d.undo', 'is not', null)
      .where('d.at', '>', timestampOf(tx.now.subtract({ minutes: UNDO_MINUTES })))
      .returning(['d.report_id', 'was.undo', 'd.id']).execute()
    refuseIf(rows.length === 0, 'too_late_to_undo', `This was taken back already, or is older than ${UNDO_MINUTES} minutes.`)
    const undoing = tx.newId()
    for (const row of rows.toSorted((a, b) => a.id < b.id ? 1 : -1)) await takeBack(tx, actor, row.report_id, row.undo as Undo, undoing)
    // What was taken back is not offered to be taken back in turn.
    await tx.db.updateTable('report_doings').set({ undo: null, what: 'undone' }).where('batch_id', '=', undoing).execute()
    return { undone: new Set(rows.map(({ report_id: id }) => id)).size }
  },
})

async function takeBack(tx: Tx, actor: Actor, reportId: string, undo: Undo, batch: string): Promise<void> {
  const report = await lockReport(tx, actor, reportId)
  if ('assignee' in undo) await giveTo(tx, actor, report, undo.assignee, batch)
  else if ('tag' in undo) await setTag(tx, actor, report, undo.tag, undo.had, batch)
  else if ('watched' in undo) await setWatch(tx, actor, report, undo.watched, batch)
  else if ('link' in undo) await setLink(tx, actor, undo.link, undo.had, batch)
  else await keepBox(tx, actor, report.id, undo.draft, Buffer.from(undo.box, 'base64'))
}
