import { whenErased } from '../reports/index.ts'
import { findPublication, nobodyNamed, publishedOf, sealed } from './publication.ts'

/** Whoever asks to be forgotten is named no more, in the draft and in public. What was reported ends with the report's own key. */
whenErased(async (tx, reportId, what) => {
  const row = what === 'content' ? undefined : await findPublication(tx, reportId)
  if (!row) return
  const report = await tx.db.selectFrom('reports').selectAll().where('id', '=', reportId).executeTakeFirstOrThrow()
  const content = row.published && await publishedOf(tx, report, row.published)
  const published = content && await sealed(tx, report, 'published', { ...content, credit: nobodyNamed })
  await tx.db.updateTable('publications').set({ credit: null, ...published && { published } }).where('report_id', '=', reportId).execute()
})
