import { Button, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, Select } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { readReport, type ReportView } from '../../reports/index.ts'
import type { Content } from '../find.ts'
import { bridgeViews, type BridgeView } from '../list-bridges.ts'
import { confirmCopyGone, declineClosing, passOn, withoutContent } from '../pass-on.ts'

const triagers = { may: 'reports.triage' } as const

export function passOnPages(web: Web): void {
  web.get('/desk/reports/:report/pass-on', triagers, (page) => passOnPage(page))
  web.form(passOn, { at: 'POST /desk/reports/:report/pass-on', again: passOnPage, done(_, page) {
    page.say('It is on its way. Where it went stands on the report’s page.')
    return `/desk/reports/${page.param('report')}`
  } })
  web.form(declineClosing, { at: 'POST /desk/reports/:report/issues/:issue/not-live', again: refusedPage, done({ report }, page) {
    page.say('Noted: the fix is not live.')
    return `/desk/reports/${report}`
  } })
  web.form(confirmCopyGone, { at: 'POST /desk/reports/:report/issues/:issue/copy-end', again: refusedPage, done({ report }, page) {
    page.say('Noted: the copy is deleted.')
    return `/desk/reports/${report}`
  } })
}

/** How much of a report stands in the form to begin with. */
const amounts = { reference: 'Reference and severity alone', title: 'With its title', report: 'With what was reported' } as const
type Amount = keyof typeof amounts

const isAmount = (word: string | null): word is Amount => word !== null && Object.hasOwn(amounts, word)

function contentOf(report: ReportView, amount: Amount): Content {
  const plain = withoutContent(report)
  const { reported } = report
  if (amount === 'reference' || !reported) return plain
  const title = `${report.reference}: ${reported.title}`.slice(0, 200)
  if (amount === 'title') return { ...plain, title }
  const parts = [reported.description, titled('Impact', reported.impact), titled('Steps to reproduce', reported.steps)]
  return { title, text: parts.filter(Boolean).join('\n\n') || plain.text }
}

const titled = (title: string, text: string) => text && `## ${title}\n\n${text}`

async function passOnPage(page: Page, input?: Entered, errors: FieldErrors = {}) {
  const report = await page.read(readReport, { report: page.param('report') })
  const bridges = await page.reading(bridgeViews)
  const asked = page.url.searchParams.get('with')
  const amount = isAmount(asked) ? asked : 'reference'
  return (
    <DeskLayout page={page} title={`Pass on ${report.reference}`}>
      <PageHead trail={<a href={at(`/desk/reports/${report.id}`)}>{report.reference}</a>} title="Pass it on"
        lead="To an issue tracker of yours, where the fix is made. What stands below is what is sent, to the letter; files and who reported it never are." />
      <ErrorSummary errors={errors} />
      {report.restricted
        ? <Notice tone="warning">This report is restricted to a few people. Whoever reads the project there will read what you send.</Notice> : null}
      {bridges.length === 0
        ? <Empty title="No tracker is connected" text="An administrator connects one under “Bridges”." />
        : <PassOnForm page={page} report={report} bridges={bridges} amount={amount} input={input ?? { ...contentOf(report, amount) }} errors={errors} />}
    </DeskLayout>
  )
}

interface Given { page: Page; report: ReportView; bridges: readonly BridgeView[]; amount: Amount; input: Entered; errors: FieldErrors }

const PassOnForm = ({ page, report, bridges, amount, ...draft }: Given) => {
  const to = `/desk/reports/${report.id}/pass-on`
  return (
    <div class="stack">
      <nav aria-label="How much">
        <ul class="tabs">
          {Object.entries(amounts).map(([word, label]) =>
            <li><a href={at(`${to}?with=${word}`)} aria-current={word === amount ? 'page' : undefined}>{label}</a></li>)}
        </ul>
      </nav>
      <Form to={to} wide guard>
        <Select {...kept(draft, 'bridge')} label="Where to"
          options={bridges.map(({ id, host, project, problem }) => ({ value: id, label: `${project} at ${host}${problem ? ' (does not work now)' : ''}` }))} />
        <Field {...kept(draft, 'title')} label="Title" maxlength={200} />
        <Field {...kept(draft, 'text')} label="Text" rows={amount === 'report' ? 18 : 5} hint="Markdown. Take out what the people there need not know." />
        <p>The last line is the link to the case: <code>{page.address(`/desk/reports/${report.id}`)}</code></p>
        <Button>Send it</Button>
      </Form>
      <p class="soft">On GitLab the issue is confidential. On GitHub the repository has to be private, which is asked again before each sending.
        Later the issue is told the report’s state, and nothing else.</p>
    </div>
  )
}

async function refusedPage(page: Page, _: Entered, errors: FieldErrors) {
  return (
    <DeskLayout page={page} title="This cannot be done">
      <PageHead trail={<a href={at(`/desk/reports/${page.param('report')}`)}>The report</a>} title="This cannot be done" />
      <ErrorSummary errors={errors} />
    </DeskLayout>
  )
}
