import {
  Button, DefinitionList, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, Select, Time,
} from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { readReport } from '../../reports/index.ts'
import { listReplays, replayReport, type ReplayView } from '../replay/request-replay.ts'
import type { Outcome, Run } from '../replay/replay.ts'
import type { ReplayResult } from '../tables.ts'

export function replayPages(web: Web): void {
  web.get('/desk/reports/:report/replays', { may: 'reports.read' }, (page) => replaysPage(page))
  web.form(replayReport, {
    at: 'POST /desk/reports/:report/replays',
    again: replaysPage,
    done(_, page) {
      page.say('It is run in a moment. What comes of it stands here.')
      return `/desk/reports/${page.param('report')}/replays`
    },
  })
}

async function replaysPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const id = page.param('report')
  const [report, { replays }] = await Promise.all([page.read(readReport, { report: id }), page.read(listReplays, { report: id })])
  const files = report.attachments.map(({ id: value, name: label }) => ({ value, label }))
  const options = [...files, ...report.reported?.proof_of_concept ? [{ value: '', label: 'The proof of concept in the text' }] : []]
  const draft = { input: { expected: report.reported?.expected_result ?? '', runs: '1', ...input }, errors }
  return (
    <DeskLayout page={page} title={`Runs of ${report.reference}`} live>
      <PageHead trail={<a href={at(`/desk/reports/${id}`)}>{report.reference}</a>} title="Run the reproducer"
        lead="By the command that the server’s operator has set up, which keeps it from doing harm." />
      <ErrorSummary errors={errors} />
      {!page.may('reports.triage') ? null : !page.deps.replays
        ? <Notice>Nothing is run here: the server’s operator has set up no command. See the setting <code>AVOW_REPLAY_COMMAND</code>.</Notice>
        : options.length === 0 ? <Notice>The report came without a file and without a proof of concept.</Notice> : (
          <section class="sheet stack" aria-labelledby="run-title">
            <h2 id="run-title">What to run</h2>
            <Form to={`/desk/reports/${id}/replays`}>
              <Select name="file" label="File" value={textOf(input, 'file') || options[0]!.value} options={options} />
              <Field {...kept(draft, 'expected')} label="Expected in the output" optional rows={2}
                hint="These very characters. Left empty, a run that ends with 0 matches." />
              <Field {...kept(draft, 'runs')} label="How often" type="number"
                hint="More than once where it does not always work: how often it did is told." />
              <Button look="danger">Run it</Button>
            </Form>
          </section>
        )}
      {replays.map((replay) => <Replay {...replay} zone={page.zone} names={new Map(options.map(({ value, label }) => [value, label]))} />)}
    </DeskLayout>
  )
}

export const resultInWords: Record<ReplayResult | 'waiting', string> = {
  matched: 'It did what the report says', 'not-matched': 'It did not do what the report says', failed: 'It could not be run to its end',
  waiting: 'Waiting to be run',
}

const Replay = ({ asked_at: asked, result, outcome, file, expected, zone, names }: ReplayView & { zone: string; names: ReadonlyMap<string, string> }) => (
  <section class="sheet stack">
    <h2>{resultInWords[result ?? 'waiting']}</h2>
    <DefinitionList of={[
      ['Asked for', <Time at={asked} zone={zone} />],
      ['File', names.get(file) ?? 'not there any more'],
      ['Expected', expected ? <code>{expected}</code> : 'the exit code 0'],
      ...measured(outcome?.runs ?? []),
      ['Problem', outcome?.problem],
    ]} />
    {outcome?.output ? <Output {...outcome} /> : null}
  </section>
)

function measured(runs: readonly Run[]): [string, string][] {
  if (runs.length === 0) return []
  const mean = runs.reduce((sum, { ms }) => sum + ms, 0) / runs.length
  return [
    ['Matched', `${runs.filter(({ matched }) => matched).length} of ${runs.length} runs`],
    ['Ended with', [...new Set(runs.map(({ exit_code: code, ended }) => code ?? ended))].join(', ')],
    ['Took', `${mean < 1000 ? `${Math.round(mean)} ms` : `${(mean / 1000).toFixed(1)} s`} on average`],
  ]
}

const Output = ({ output, cut }: Outcome) => (
  <details>
    <summary>Output{cut ? ', shortened' : ''}</summary>
    <pre tabindex={0}><code>{output}</code></pre>
  </details>
)
