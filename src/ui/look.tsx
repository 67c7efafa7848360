import type { Child } from 'hono/jsx'
import type { Module } from '../web/module.ts'
import * as ui from './index.ts'

/** Mounted in development only. */
export const look: Module = {
  name: 'look', verbs: [], queries: [],
  pages: web => web.get('/dev/look', { may: 'public.read' }, page => <LookPage page={page} />),
}

/** Every part in every state, on one page, for whoever changes how Avow looks. */
export const LookPage = ({ page }: { page: ui.Surroundings }) => (
  <ui.PublicLayout page={page} title="The look of Avow">
    <ui.PageHead title="The look of Avow" lead="Every part in every state. If a page needs something that is not here, it is added here first." />
    <div class="stack stack-wide">
      <Standings />
      <Charts />
      <Fields />
      <Choices />
      <Buttons page={page} />
      <Notices />
      <Tables />
      <Conversation />
      <Rest />
    </div>
  </ui.PublicLayout>
)

const Section = ({ title, children }: { title: string; children?: Child }) => <section class="stack"><h2>{title}</h2>{children}</section>
const words = ['kept', 'due', 'broken', 'idle', 'unproven'] as const
const some = '2026-01-05T09:00:00Z'

const Standings = () => (
  <Section title="Standings">
    <div class="cluster">{words.map(s => <ui.Standing standing={s} due={some} />)}</div>
    <div class="cluster">{words.map(s => <ui.Standing standing={s} chip />)}</div>
    <ui.StandingSummary counts={{ kept: 31, due: 2, broken: 1, idle: 4, unproven: 9 }} />
    <div class="narrow"><ui.Record total={42} in_time={41} missed={1} median_ms={32_400_000} open={1} /></div>
  </Section>
)

const months = [[3, 0], [5, 0], [0, 0], [2, 0], [4, 1], [6, 0], [3, 0], [1, 0], [0, 1], [5, 0], [4, 0], [2, 0]]
  .map(([met, missed], i) => ({ month: `2025-${String(i + 1).padStart(2, '0')}`, total: met! + missed!, in_time: met! }))

const Charts = () => (
  <Section title="The year">
    <ui.YearChart id="year" label="Reports acknowledged within one week" months={months} />
    <ui.YearChart id="year-empty" label="Nothing yet" months={months.map(({ month }) => ({ month, total: 0, in_time: 0 }))} />
  </Section>
)

const draft: ui.Draft = {
  input: { title: 'Stored XSS in a comment', mail: 'not an address', tools: { 0: { name: 'curl', version: '8.5' } }, add: 'tools' },
  errors: { mail: 'Give a mail address such as ada@example.org.', severity: 'Choose one.' },
}

const Fields = () => (
  <Section title="Fields">
    <div class="form">
      <ui.ErrorSummary errors={draft.errors} />
      <ui.Field {...ui.kept(draft, 'title')} label="Title" hint="One line that says what is wrong." />
      <ui.Field {...ui.kept(draft, 'mail')} label="Mail address" type="email" />
      <ui.Field name="text" label="Steps to reproduce" rows={6} optional />
      <ui.Field name="day" label="In force from" type="date" />
      <ui.Select name="asset" label="What is affected" placeholder="Choose" options={[{ value: 'app', label: 'app.example.org' }]} />
      <ui.FileField name="files" label="Attachments" multiple optional hint="Up to 100 MB each. They are encrypted while they arrive." />
      <ui.RepeatedFields name="tools" label="Tools used" one="tool" draft={draft} row={prefix => (
        <>
          <ui.Field {...ui.kept(draft, `${prefix}[name]`)} label="Name" optional />
          <ui.Field {...ui.kept(draft, `${prefix}[version]`)} label="Version" optional />
          <div class="span"><ui.Field {...ui.kept(draft, `${prefix}[output]`)} label="Output" rows={3} optional /></div>
        </>
      )} />
    </div>
  </Section>
)

const severities = [{ value: 'low', label: 'Low' }, { value: 'high', label: 'High', hint: 'Data of other people can be read or changed.' }]

const Choices = () => (
  <Section title="Choices">
    <div class="form">
      <ui.RadioGroup name="severity" label="Severity" options={severities} error={draft.errors?.severity} />
      <ui.CheckboxGroup name="roles" label="Roles" options={severities} values={['low']} optional />
      <ui.Checkbox name="faith" label="I acted in good faith, as the policy describes." hint="The version in force today is stored with your report." />
    </div>
  </Section>
)

const Buttons = ({ page }: { page: ui.Surroundings }) => (
  <Section title="Buttons">
    <ui.Actions>
      <ui.Button>Acknowledge</ui.Button>
      <ui.Button look="second">Save draft</ui.Button>
      <ui.Button look="quiet">Cancel</ui.Button>
      <ui.Button look="danger">Erase</ui.Button>
      <ui.ButtonLink href={page.at('/report')} large>Report a vulnerability</ui.ButtonLink>
    </ui.Actions>
  </Section>
)

const Notices = () => (
  <Section title="Notices and empty places">
    <ui.Notice>The policy changes on 1 March.</ui.Notice>
    <ui.Notice tone="good">The report is acknowledged. The reporter can read your message now.</ui.Notice>
    <ui.Notice tone="warning" title="Due tomorrow">Two reports wait for an answer.</ui.Notice>
    <ui.Notice tone="bad">The witness does not answer since 09:00 UTC.</ui.Notice>
    <ui.Empty title="No reports yet" text="When somebody reports a weakness, it stands here. Send one yourself to see how it goes.">
      <ui.ButtonLink href="/report" look="second">Send a first report</ui.ButtonLink>
    </ui.Empty>
  </Section>
)

const rows = [
  { id: 'R-17', title: 'Stored XSS in a comment', state: 'due' as const, age: '3 d' },
  { id: 'R-16', title: 'Session survives a changed password', state: 'kept' as const, age: '12 d' },
]

const Tables = () => (
  <Section title="Tables, tabs, pages">
    <ui.Tabs label="Reports" here="/dev/look" tabs={[{ to: '/dev/look', label: 'Open', count: 2 }, { to: '/dev/look?closed', label: 'Closed', count: 40 }]} />
    <ui.DataTable caption="Open reports" rows={rows} columns={[
      { head: 'Report', header: true, cell: r => <a href="#tables" data-walk>{r.title}</a> },
      { head: 'Number', cell: r => r.id },
      { head: 'Acknowledged', cell: r => <ui.Standing standing={r.state} /> },
      { head: 'Age', end: true, cell: r => r.age },
    ]} />
    <ui.Pagination earlier="/dev/look" later="/dev/look" shown="41–60 of 312" />
  </Section>
)

const Conversation = () => (
  <Section title="A case">
    <ui.Timeline steps={[
      { title: 'Report received', at: some },
      { title: 'Acknowledged', at: '2026-01-06T10:30:00Z', body: <p>After 1 day, 1 hour.</p> },
      { title: 'Verified', state: 'late', at: '2026-01-12T09:00:00Z' },
      { title: 'Fixed', state: 'open' },
    ]} />
    <ui.Message from="Ada (reporter)" at={some}>{'The comment field keeps <script> as it is.\nHere is how to see it.'}</ui.Message>
    <ui.Message from="Grace" at={some} to="team">Looks like the old sanitiser. I take it.</ui.Message>
  </Section>
)

const Rest = () => (
  <Section title="The rest">
    <ui.DefinitionList of={[['Asset', 'app.example.org'], ['Kind', 'CWE-79'], ['Received', <ui.Time at={some} />]]} />
    <ui.CopyText text="amber-otter-violin-sketch-harbour-lunar" label="tracking phrase" large />
    <ui.Progress label="Checking 40 of 100 tiles" value={40} />
    <ui.Diff before="We answer every report within two weeks." after="We answer every report within one week." />
    <p><ui.Wordmark /></p>
  </Section>
)
