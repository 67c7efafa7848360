import { listWitnesses, logWitness, RecordTabs, witnessDismiss, witnessedLogs, witnessName, type AskedWitness } from '../../../ledger/index.ts'
import {
  Button, CopyText, DataTable, DeskLayout, ErrorSummary, Field, Form, kept, Notice, PageHead, PostButton, Time, type Draft,
} from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { auditors } from './parts.tsx'

const home = '/desk/record/witnesses'

/** Who watches our log from outside, and whose log we watch. */
export function witnessPages(web: Web): void {
  web.get(home, auditors, (page) => witnessesPage(page))
  const done = (sentence: string) => (_: unknown, page: Page) => { page.say(sentence); return home }
  web.form(witnessName, { at: 'POST /desk/record/witnesses', again: witnessesPage, done: done('Named. It is asked within a minute.') })
  web.form(witnessDismiss, {
    at: 'POST /desk/record/witness-dismissals', again: witnessesPage, done: done('It is not asked any more. What it cosigned stays.'),
  })
  web.form(logWitness, {
    at: 'POST /desk/record/witnessed-logs', again: witnessesPage, done: done('Its states are cosigned from now on, as long as it only grows.'),
  })
}

const lead = 'A witness outside sees each state of the log, and signs that it only grew, and when. With one, nobody has to take your word for a date.'

async function witnessesPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const [witnesses, { vkey, logs }] = await page.reading(async (tx) => [await listWitnesses(tx), await witnessedLogs(tx)] as const)
  const mayChange = page.may('keys.manage')
  // Two forms take a key: what was entered belongs to the one that has an address too.
  const forLog = page.path.endsWith('witnessed-logs')
  const [ours, theirs] = forLog ? [{}, { input, errors }] : [{ input, errors }, {}]
  return (
    <DeskLayout page={page} title="Witnesses">
      <PageHead title="Witnesses" lead={lead} />
      <RecordTabs here={home} />
      <ErrorSummary errors={errors} />
      <section class="stack" aria-labelledby="asked">
        <h2 id="asked">Who watches this log</h2>
        {witnesses.length > 0
          ? <Witnesses of={witnesses} page={page} mayChange={mayChange} />
          : <Notice tone="warning">Nobody yet: every date is the company’s own word.</Notice>}
        {mayChange ? <NameWitness draft={ours} /> : null}
      </section>
      <section class="stack" aria-labelledby="watched">
        <h2 id="watched">Logs that this Avow watches</h2>
        <p>Two companies can keep each other honest: each names the other’s key and address.</p>
        {vkey ? <AsWitness vkey={vkey} address={page.address('/witness')} /> : <p class="soft">Its key as a witness is made with the first log.</p>}
        {logs.length === 0 ? null : (
          <DataTable caption="Logs" rows={logs} columns={[
            { head: 'Log', header: true, cell: ({ origin }) => origin },
            { head: 'Cosigned up to', cell: ({ size }) => size === 0 ? 'nothing yet' : `entry ${size - 1}` },
            { head: 'Since', cell: ({ added_at: when }) => <Time at={when} zone={page.zone} dateOnly /> },
          ]} />
        )}
        {mayChange ? <WatchLog draft={theirs} /> : null}
      </section>
    </DeskLayout>
  )
}

const Witnesses = ({ of, page, mayChange }: { of: readonly AskedWitness[]; page: Page; mayChange: boolean }) => (
  <DataTable caption="Witnesses" rows={of} columns={[
    { head: 'Witness', header: true, cell: ({ name, url }) => <>{name}<div class="soft"><code>{url}</code></div></> },
    { head: 'Last cosigned', cell: ({ latest: [last], error }) => (
      <>
        {last ? <Time at={last.at} zone={page.zone} /> : 'nothing yet'}
        {error ? <div class="warning">{reasons[error] ?? error}</div> : null}
      </>
    ) },
    { head: 'What', cell: (witness) => <Cosignatures of={witness} zone={page.zone} /> },
    { head: 'Change', cell: ({ vkey }) => mayChange ? <PostButton to="/desk/record/witness-dismissals" values={{ vkey }}>Ask no longer</PostButton> : null },
  ]} />
)

const reasons: Readonly<Record<string, string>> = {
  unreachable: 'It does not answer.', no_cosignature: 'Its answer holds no signature of its key.', bad_cosignature: 'Its signature does not verify.',
  answer_too_long: 'Its answer is too long.', failed: 'Something failed; the log of the server says what.', answered_404: 'It does not know this log (404).',
  answered_403: 'It does not trust this log’s key (403).',
}

const Cosignatures = ({ of: { count, latest }, zone }: { of: AskedWitness; zone: string }) => count === 0 ? <span class="soft">nothing yet</span> : (
  <details>
    <summary>{count} {count === 1 ? 'state' : 'states'}</summary>
    <ul class="results">{latest.map(({ size, at }) => <li>{size} {size === 1 ? 'entry' : 'entries'}, <Time at={at} zone={zone} /></li>)}</ul>
    {count > latest.length ? <p class="soft">The newest {latest.length} of them.</p> : null}
  </details>
)

const NameWitness = ({ draft }: { draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="name-witness">
    <h3 id="name-witness">Name a witness</h3>
    <Form to={home} guard>
      <Field {...kept(draft, 'vkey')} label="Its key" code hint="As it publishes it: name+id+key. Give it this log’s key, which is at /log/key." />
      <Field {...kept(draft, 'url')} label="Its address" type="url" hint="Where it takes states, without /add-checkpoint: https://witness.example.org" />
      <Button>Name the witness</Button>
    </Form>
  </section>
)

const AsWitness = ({ vkey, address }: { vkey: string; address: string }) => (
  <div class="stack">
    <CopyText label="the witness’s key" text={vkey} />
    <CopyText label="the witness’s address" text={address} />
  </div>
)

const WatchLog = ({ draft }: { draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="watch-log">
    <h3 id="watch-log">Watch a log</h3>
    <Form to="/desk/record/witnessed-logs">
      <Field {...kept(draft, 'vkey')} id="log-vkey" label="The log’s key" code hint="Another Avow has it at /log/key." />
      <Button>Watch it</Button>
    </Form>
  </section>
)
