import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { Invalid, NotFound, Unauthenticated } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { findByPhraseHash } from './find.ts'
import { keepFor, keptBy } from './kept.ts'
import { linesOf } from './list-reports.ts'
import { phraseHash } from './phrase.ts'
import { ReportId } from './step.ts'

export const keepReport = verb({
  name: 'report.keep', summary: 'Keeps a report of yours in your account, by its tracking phrase.', may: 'account.own', entries: [],
  input: z.object({ phrase: z.string().max(200) }),
  output: z.object({ report: z.uuid() }),
  async run({ tx, actor }, { phrase }) {
    const report = await findByPhraseHash(tx, phraseHash(phrase))
    if (!report) throw new Invalid({ phrase: 'No report has this phrase. Check each word; case and dashes do not matter.' })
    await keepFor(tx, accountOf(actor), report.id)
    return { report: report.id }
  },
})

export const letGoReport = verb({
  name: 'report.let-go', summary: 'Takes a report out of your account. The report stays, and its phrase opens it.', may: 'account.own', entries: [],
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report }) {
    const { numDeletedRows } = await tx.db.deleteFrom('kept_reports')
      .where('account_id', '=', accountOf(actor)).where('report_id', '=', report).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
  },
})

export const listKeptReports = query({
  name: 'report.list-kept', summary: 'Lists the reports that you keep in your account.', may: 'account.own', input: z.object({}),
  run: async ({ tx, actor }) => ({ reports: await linesOf(tx, await keptBy(tx, accountOf(actor))) }),
})

function accountOf(actor: Actor): string {
  if (actor.kind !== 'member' && actor.kind !== 'person') throw new Unauthenticated()
  return actor.accountId
}
