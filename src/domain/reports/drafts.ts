import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Forbidden } from '../../lib/errors.ts'
import { openText, sealText } from '../../seal/envelope.ts'
import { verb } from '../../verbs/verb.ts'
import { noteDoing } from './desk/doings.ts'
import { lockReport, type Report } from './find.ts'
import { ReportId } from './step.ts'

const kinds = ['message', 'note'] as const
export type DraftKind = (typeof kinds)[number]
export interface Drafts { readonly message: string; readonly note: string }

const context = (reportId: string, accountId: string, kind: DraftKind) => `report-draft:${reportId}:${accountId}:${kind}`

/** Each member has one draft of each kind in a case; nobody else sees it. Sending it, or saving it empty, ends it. */
export const saveDraft = verb({
  name: 'report.save-draft',
  summary: 'Keep what you have begun to write, for yourself.',
  may: 'reports.triage',
  input: z.object({ report: ReportId, kind: z.enum(kinds).describe('For the reporter, or a note for the team'), message: z.string().max(20_000) }),
  entries: [],
  async run({ tx, actor }, { report: id, kind, message }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.triage')
    const report = await lockReport(tx, actor, id)
    if (message.trim() === '') return dropDraft(tx, actor, report.id, kind)
    const row = { body: await sealText(tx, report.content_key_id, context(id, actor.accountId, kind), message), saved_at: timestampOf(tx.now) }
    await tx.db.insertInto('report_drafts').values({ organization_id: tx.organizationId, report_id: id, account_id: actor.accountId, kind, ...row })
      .onConflict((conflict) => conflict.columns(['organization_id', 'report_id', 'account_id', 'kind']).doUpdateSet(row)).execute()
  },
})

/** What was begun is put away; for some minutes it can be taken back. */
export const discardDraft = verb({
  name: 'report.discard-draft', summary: 'Discard what you have begun to write. It can be taken back for some minutes.', may: 'reports.triage', entries: [],
  input: z.object({ report: ReportId, kind: z.enum(kinds) }),
  async run({ tx, actor }, { report: id, kind }) {
    if (actor.kind !== 'member') throw new Forbidden('reports.triage')
    await lockReport(tx, actor, id)
    const gone = await tx.db.deleteFrom('report_drafts').where('report_id', '=', id).where('account_id', '=', actor.accountId).where('kind', '=', kind)
      .returning('body').executeTakeFirst()
    if (gone) await noteDoing(tx, actor, id, { what: 'draft-discarded', undo: { draft: kind, box: gone.body.toString('base64') } })
  },
})

/** A draft as it was sealed; it opens nowhere else. What was begun anew meanwhile stays. */
export async function keepBox(tx: Tx, actor: Actor, reportId: string, kind: DraftKind, body: Buffer): Promise<void> {
  if (actor.kind !== 'member') return
  await tx.db.insertInto('report_drafts')
    .values({ organization_id: tx.organizationId, report_id: reportId, account_id: actor.accountId, kind, body, saved_at: timestampOf(tx.now) })
    .onConflict((conflict) => conflict.doNothing()).execute()
}

/** What the actor has begun to write in this case; empty where nothing. */
export async function draftsOf(tx: Tx, actor: Actor, report: Pick<Report, 'id' | 'content_key_id'>): Promise<Drafts> {
  if (actor.kind !== 'member') return { message: '', note: '' }
  const rows = await tx.db.selectFrom('report_drafts').select(['kind', 'body']).where('report_id', '=', report.id)
    .where('account_id', '=', actor.accountId).execute()
  const opened = await Promise.all(rows.map(async ({ kind, body }) =>
    [kind, await openText(tx, report.content_key_id, context(report.id, actor.accountId, kind), body)] as const))
  return { message: '', note: '', ...Object.fromEntries(opened) }
}

export async function dropDraft(tx: Tx, actor: Actor, reportId: string, kind: DraftKind): Promise<void> {
  if (actor.kind !== 'member') return
  await tx.db.deleteFrom('report_drafts').where('report_id', '=', reportId).where('account_id', '=', actor.accountId).where('kind', '=', kind).execute()
}
