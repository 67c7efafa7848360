import { Button, ButtonLink, DataTable, Empty, ErrorSummary, Field, Form, kept, PageHead, PostButton, PublicLayout, Time } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { keepReport, letGoReport, listKeptReports } from '../keep-report.ts'
import { stateInWords } from '../report.ts'
import { phrasesPerNetwork } from './reporter.tsx'
import { followKept } from './reporter-session.ts'

const own = { may: 'account.own' } as const

/** A researcher's reports in one place. */
export function myReportsPages(web: Web): void {
  web.get('/me/reports', own, (page) => myReportsPage(page))
  web.form(keepReport, { at: 'POST /me/reports', limit: phrasesPerNetwork, again: myReportsPage, done: () => '/me/reports' })
  web.post('/me/reports/:report/open', own, (page) => {
    followKept(page.cookies, page.param('report'))
    return seeOther(page, '/track/report')
  })
  web.form(letGoReport, { at: 'POST /me/reports/:report/end', again: myReportsPage, done: () => '/me/reports' })
}

async function myReportsPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { reports } = await page.read(listKeptReports, {})
  return (
    <PublicLayout page={page} title="My reports">
      <PageHead title="My reports" lead="What you reported here, open without its phrase. Nobody but you sees that it is yours." />
      <ErrorSummary errors={errors} />
      {reports.length === 0
        ? <Empty title="Nothing yet" text="Reports that you send while you are signed in come here by themselves.">
          <ButtonLink href={at('/report')}>Report a vulnerability</ButtonLink>
        </Empty>
        : <DataTable caption="My reports" rows={reports} columns={[
          { head: 'Report', cell: ({ id, title, reference }) => (
            <PostButton to={`/me/reports/${id}/open`} look="quiet">{title ?? 'Erased report'} · {reference}</PostButton>), header: true },
          { head: 'Received', cell: ({ received_at }) => <Time at={received_at} zone={page.zone} dateOnly /> },
          { head: 'Standing', cell: ({ state, waiting }) => waiting ? 'The team has a question for you.' : stateInWords[state] },
          { head: 'In my account', cell: ({ id }) => <PostButton to={`/me/reports/${id}/end`} look="quiet">Take out</PostButton> },
        ]} />}
      <section class="sheet stack" aria-labelledby="keep-title">
        <h2 id="keep-title">A report that you sent without signing in</h2>
        <Form to="/me/reports">
          <Field {...kept({ input, errors }, 'phrase')} label="Tracking phrase" autocomplete="off" hint="Six words with dashes. It goes on working." />
          <Button>Keep it here</Button>
        </Form>
      </section>
      <p>
        <a href={at('/me/password')}>Password</a> · <a href={at('/me/factors')}>Second factor</a> · <a href={at('/me/sessions')}>Where you are signed in</a>
      </p>
      <PostButton to="/sign-out" look="quiet">Sign out</PostButton>
    </PublicLayout>
  )
}
