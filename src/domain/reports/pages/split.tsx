import { Button, DeskLayout, ErrorSummary, Field, Form, kept, PageHead, PostButton, RepeatedFields } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { readReport } from '../read-report.ts'
import { splitFamily, splitReport } from '../split-report.ts'
import { Reported } from './case-parts.tsx'
import { addPart } from './parts.ts'
import { followPart } from './reporter-session.ts'

addPart({
  name: 'split', on: 'case-side', order: 60, may: 'reports.triage',
  draw: (_, report) => report.reported ? <p><a href={at(`/desk/reports/${report.id}/split`)}>Split it into several reports</a></p> : null,
})

addPart({
  name: 'split-off', on: 'track', order: 10,
  async draw(page, report) {
    const family = await page.reading((tx) => splitFamily(tx, report.id))
    if (family.length === 0) return null
    return (
      <section class="stack" aria-labelledby="family-title">
        <h2 id="family-title">Reports that belong together</h2>
        <p>The team split what you sent, so that each weakness is judged by itself. All of them are yours.</p>
        {family.map(({ id, reference, sent }) => <PostButton to={`/track/parts/${id}`}>Open {reference}{sent ? ', which you sent' : ''}</PostButton>)}
      </section>
    )
  },
})

/** Several weaknesses in one report: each gets a report of its own. */
export function splitPages(web: Web): void {
  web.get('/desk/reports/:report/split', { may: 'reports.triage' }, (page) => splitPage(page))
  web.form(splitReport, {
    at: 'POST /desk/reports/:report/split', again: splitPage,
    done({ reports }, page) {
      page.say(`Split. The reporter can read it now: ${reports.map(({ reference }) => reference).join(', ')}.`)
      return `/desk/reports/${page.param('report')}`
    },
  })
  web.post('/track/parts/:report', { may: 'reports.follow' }, (page) => {
    followPart(page.cookies, page.param('report'))
    return seeOther(page, '/track/report')
  })
}

async function splitPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const report = await page.read(readReport, { report: page.param('report') })
  const draft = { input, errors }
  return (
    <DeskLayout page={page} title={`Split ${report.reference}`}>
      <PageHead trail={<a href={at(`/desk/reports/${report.id}`)}>{report.reference}</a>} title="Split it into several reports"
        lead="Each becomes a report of the same reporter, with a receipt of its own. This one stays as it was sent, and the reporter is told." />
      <ErrorSummary errors={errors} />
      <Form to={`/desk/reports/${report.id}/split`} wide>
        <RepeatedFields name="parts" label="What is split off" one="report" max={10} draft={draft} row={(prefix) => (
          <>
            <div class="span"><Field {...kept(draft, `${prefix}[title]`)} label="Title" /></div>
            <div class="span"><Field {...kept(draft, `${prefix}[description]`)} label="Description" rows={5}
              hint="In the reporter’s own words where you can." /></div>
            <div class="span"><Field {...kept(draft, `${prefix}[steps]`)} label="Steps to reproduce" rows={4} optional /></div>
            <div class="span"><Field {...kept(draft, `${prefix}[proof_of_concept]`)} label="Proof of concept" rows={4} optional code /></div>
            <div class="span"><Field {...kept(draft, `${prefix}[impact]`)} label="Impact" rows={2} optional /></div>
            <Field {...kept(draft, `${prefix}[weakness]`)} label="Kind of weakness" optional hint="As in CWE-79." />
            <Field {...kept(draft, `${prefix}[version]`)} label="Version or commit" optional />
            <Field {...kept(draft, `${prefix}[endpoint]`)} label="Endpoint" optional />
            <Field {...kept(draft, `${prefix}[parameter]`)} label="Parameter" optional />
          </>
        )} />
        <Button>Split</Button>
      </Form>
      <Reported report={report} files={`/desk/reports/${report.id}/files`} />
    </DeskLayout>
  )
}
