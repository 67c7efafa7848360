import type { z } from 'zod'
import { dutiesAbout } from '../../../commitments/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { Verb } from '../../../verbs/verb.ts'
import { seeOther } from '../../../web/answer.ts'
import { attachmentDownload } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { acceptReport } from '../accept-report.ts'
import { acknowledgeReport } from '../acknowledge-report.ts'
import { askReporter } from '../ask-reporter.ts'
import { closeReport } from '../close-report.ts'
import { filterIn } from '../desk/filter.ts'
import { draftsOf, saveDraft } from '../drafts.ts'
import { openFinding } from '../duplicates/open-finding.ts'
import { originalFor } from '../duplicates/read-original.ts'
import { eraseReport } from '../erase-report.ts'
import { findReportNamed, getReport } from '../find.ts'
import { fixReport } from '../fix-report.ts'
import { listReportsQuery } from '../list-reports.ts'
import { noteReport } from '../note-report.ts'
import { colleaguesFor } from '../people.ts'
import { readReport, unlessErased } from '../read-report.ts'
import { reopenReport } from '../reopen-report.ts'
import { resolveReport } from '../resolve-report.ts'
import { addPerson, openToTeam, removePerson, restrictReport } from '../restrict-report.ts'
import { recordRetest, requestRetest } from '../retest.ts'
import { startFix, startVerification } from '../start-work.ts'
import { verifyReport } from '../verify-report.ts'
import { writeReporter } from '../write-reporter.ts'
import { CasePage } from './case.tsx'
import { InboxPage } from './inbox.tsx'
import { drawParts } from './parts.ts'

const team = { may: 'reports.read' } as const

/** What can be done to a report at the desk: the noun in the address, the verb, and what is said when it is done. */
const steps: readonly (readonly [noun: string, verb: Verb<z.ZodObject<{ report: z.ZodUUID }>, unknown>, said: string])[] = [
  ['acknowledgement', acknowledgeReport, 'Acknowledged. The reporter can read it now.'],
  ['verification', verifyReport, 'Verified.'],
  ['acceptance', acceptReport, 'Accepted.'],
  ['fix', fixReport, 'Noted: the fix is live.'],
  ['resolution', resolveReport, 'Resolved. The reporter can read it now.'],
  ['verification-start', startVerification, 'Noted: you are reproducing it.'],
  ['fix-start', startFix, 'Noted: the fix is being made.'],
  ['retest', requestRetest, 'Asked. The reporter can read it now.'],
  ['retest-result', recordRetest, 'Recorded. The reporter can read it now.'],
  ['reopening', reopenReport, 'Open again. The reporter can read why.'],
  ['original-opening', openFinding, 'Opened. The reporter can read it now.'],
  ['message', writeReporter, 'Sent. The reporter can read it now.'],
  ['question', askReporter, 'Asked. The reporter can read it now.'],
  ['note', noteReport, 'Noted for the team.'],
  ['closure', closeReport, 'Closed. The reporter can read why.'],
  ['erasure', eraseReport, 'Erased for good.'],
  ['restriction', restrictReport, 'Restricted to you. Add whoever else has to see it.'],
  ['opening', openToTeam, 'Open to the team again.'],
  ['people', addPerson, 'Added.'],
] as never

/** The team's side: inbox, case, steps. */
export function deskPages(web: Web): void {
  web.get('/desk/reports', team, inboxPage)
  web.get('/desk/:case{[A-Za-z][A-Za-z0-9]{0,9}-[0-9]+}', team, async (page) => {
    const id = await page.reading((tx) => findReportNamed(tx, page.actor, page.param('case')))
    if (!id) throw new NotFound()
    return seeOther(page, `/desk/reports/${id}`)
  })
  web.get('/desk/reports/:report', team, (page) => casePage(page))
  for (const [noun, verb, said] of steps) {
    web.form(verb, {
      at: `POST /desk/reports/:report/${noun}`,
      again: (page, input, errors) => casePage(page, noun, input, errors),
      done(result, page) {
        page.say(isSuspended(result) ? 'Nothing was erased: a legal hold stands against it. You are told when it can be done.' : said)
        return `/desk/reports/${page.param('report')}`
      },
    })
  }
  for (const kind of ['message', 'note'] as const) {
    web.form(saveDraft, {
      at: `POST /desk/reports/:report/${kind}-draft`,
      own: () => ({ kind }),
      again: (page, input, errors) => casePage(page, `${kind}-draft`, input, errors),
      done(_, page) {
        page.say('Kept as your draft. Nobody else sees it.')
        return `/desk/reports/${page.param('report')}`
      },
    })
  }
  web.form(removePerson, {
    at: 'POST /desk/reports/:report/people/:person/end',
    again: (page, input, errors) => casePage(page, 'people', input, errors),
    done: (_, { actor }, { report, person }) => actor.kind === 'member' && actor.accountId === person ? '/desk/reports' : `/desk/reports/${report}`,
  })
  web.get('/desk/reports/:report/files/:file', team, async (page) => {
    const report = await page.reading((tx) => getReport(tx, page.actor, page.param('report')))
    return attachmentDownload(page, { kind: 'report', id: report.id }, page.param('file'))
  })
}

const isSuspended = (result: unknown): boolean => (result as { suspended?: boolean } | null | undefined)?.suspended === true

async function inboxPage(page: Page) {
  const asked = page.url.searchParams
  const [filter, search, before] = [filterIn(asked), asked.get('search') ?? '', asked.get('before') ?? undefined]
  const found = await page.read(listReportsQuery, { ...filter, search, ...(before && { before }) })
  return <InboxPage page={page} filter={filter} search={search} {...found} />
}

async function casePage(page: Page, doing?: string, input?: Entered, errors?: FieldErrors) {
  const report = await page.read(readReport, { report: page.param('report') })
  const duties = await dutiesAbout(page.deps.database, page.organization.id, { report: report.id })
  const shown = await page.reading(async (tx) => {
    const row = await getReport(tx, page.actor, report.id)
    return {
      colleagues: await colleaguesFor(tx, row.id), drafts: await unlessErased(draftsOf(tx, page.actor, row)) ?? { message: '', note: '' },
      original: await originalFor(tx, page.actor, row),
    }
  })
  const parts = { main: await drawParts(page, report, 'case'), side: await drawParts(page, report, 'case-side') }
  return <CasePage page={page} report={report} duties={duties} {...shown} parts={parts} doing={doing} input={input} errors={errors} />
}
