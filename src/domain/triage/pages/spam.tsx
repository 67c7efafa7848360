import { capital } from '../../../lib/words.ts'
import { Button, CheckboxGroup, DeskLayout, Empty, ErrorSummary, Field, Form, kept, Notice, PageHead, Progress } from '../../../ui/index.ts'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { NotFound } from '../../../lib/errors.ts'
import { queues, type Queue } from '../../gates/index.ts'
import { countClosable, listReportsQuery, type ReportLine } from '../../reports/index.ts'
import { closeAll, closeTicked, closuresUnderWay } from '../close-spam.ts'

const standard = 'We closed this as spam: it describes no weakness of ours. If that is wrong, appeal on this page, and another person looks at it.'

/** Much at once: those that are ticked, or all of a class. One form, without script. */
export function spamPages(web: Web): void {
  web.get('/desk/spam/:queue', { may: 'reports.triage' }, (page) => spamPage(page))
  web.form(closeTicked, {
    at: 'POST /desk/spam/:queue/ticked', again: spamPage,
    done: ({ closed }, page) => said(page, closed === 1 ? 'One report was closed as spam.' : `${closed} reports were closed as spam.`),
  })
  web.form(closeAll, {
    at: 'POST /desk/spam/:queue/all', again: spamPage,
    done: ({ meant }, page) => said(page, `${meant.toLocaleString('en')} reports are being closed as spam. What arrives from now on is not meant.`),
  })
}

function said(page: Page, sentence: string): string {
  page.say(sentence)
  return `/desk/spam/${page.param('queue')}`
}

async function spamPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const queue = queues.find((one) => one === page.param('queue'))
  if (!queue) throw new NotFound()
  const { reports } = await page.read(listReportsQuery, { state: 'open', queue })
  const { all, underWay } = await page.reading(async (tx) => ({ all: await countClosable(tx, page.actor, { queue }), underWay: await closuresUnderWay(tx) }))
  return (
    <DeskLayout page={page} title="Close as spam" live>
      <PageHead trail={<a href={at(`/desk/reports?state=open&queue=${queue}`)}>{capital(queue)} reports</a>} title="Close as spam"
        lead="A person’s closure ends the clocks of each report, is counted apart, and can be appealed by its reporter." />
      {underWay.map((one) => <Progress label={`Closing: ${one.closed} of ${one.meant}, ${one.queue}`} value={one.closed} max={one.meant} />)}
      <ErrorSummary errors={errors} />
      {reports.length === 0 ? <Empty title="Nothing is open here" text="No report of this class waits." />
        : <Closing queue={queue} reports={reports} all={all} input={input} errors={errors} />}
    </DeskLayout>
  )
}

const Closing = ({ queue, reports, all, ...draft }: { queue: Queue; reports: readonly ReportLine[]; all: number; input: Entered; errors: FieldErrors }) => (
  <Form to={`/desk/spam/${queue}/ticked`} wide>
    <CheckboxGroup name="reports" label={all > reports.length ? `The newest ${reports.length} of ${all.toLocaleString('en')}` : 'Reports'}
      values={valuesOf(draft.input, 'reports')} error={draft.errors.reports}
      options={reports.map(({ id, title, reference, received_at: at }) =>
        ({ value: id, label: title ?? 'Erased', hint: `${reference}, ${at.slice(0, 16).replace('T', ' ')} UTC` }))} />
    <Field {...kept(draft, 'message')} value={textOf(draft.input, 'message') || standard} label="To each reporter" rows={3} />
    <Field {...kept(draft, 'minutes')} label="Minutes that it took you" optional type="number" hint="Divided among them, for the count of what spam costs." />
    <div class="actions">
      <Button>Close those ticked</Button>
      <Button look="danger" formaction={at(`/desk/spam/${queue}/all`)}>Close all of this class{all > 1 ? ` (${all.toLocaleString('en')})` : ''}</Button>
    </div>
    <Notice>Closing all means what is here now. It is done in the background, and each report keeps its own entry.</Notice>
  </Form>
)
