import {
  Button, ButtonLink, DataTable, DefinitionList, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, Select, Time, type Draft,
} from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import type { SampleLine, SampleView } from '../find.ts'

interface ListProps extends Draft { page: Page; samples: readonly SampleLine[]; practices: readonly { value: string; label: string }[] }

export const SamplesPage = ({ page, samples, practices, ...draft }: ListProps) => (
  <DeskLayout page={page} title="Samples">
    <PageHead title="Samples" lead="For an auditor: a few, chosen by nobody, with everything that belongs to them and the proof of each." />
    <ErrorSummary errors={draft.errors} />
    {samples.length === 0 ? <Empty title="No sample yet" text="Fix a population below. Who is drawn follows from what the log signs after that." /> : (
      <DataTable caption="Samples" rows={samples} columns={[
        { head: 'Of', header: true, cell: ({ sample, title }) => <a href={at(`/desk/samples/${sample}`)}>{title}</a> },
        { head: 'Period', cell: ({ from, to }) => `${from} to ${to}` },
        { head: 'Size', cell: ({ size }) => size },
        { head: 'Fixed', cell: ({ fixed_at: fixed }) => <Time at={fixed} zone={page.zone} /> },
        { head: 'Drawn', cell: ({ drawn_at: drawn }) => drawn ? <Time at={drawn} zone={page.zone} /> : 'not yet' },
      ]} />
    )}
    <section class="sheet stack" aria-labelledby="fix">
      <h2 id="fix">Fix a population</h2>
      <Form to="/desk/samples">
        <Select {...kept(draft, 'of')} label="Of" options={practices} placeholder="Choose" />
        <Field {...kept(draft, 'from')} label="First day" type="date" />
        <Field {...kept(draft, 'to')} label="Last day" type="date" />
        <Field {...kept(draft, 'size')} value={kept(draft, 'size').value || '25'} label="How many are drawn" type="number" />
        <Field {...kept(draft, 'list')} label="A list to compare with" optional rows={4}
          hint="From the people office, or wherever else they are known: a mail address or a number on each line." />
        <Button>Fix it</Button>
      </Form>
    </section>
  </DeskLayout>
)

export const SamplePage = ({ page, sample, words, errors }: { page: Page; sample: SampleView; words: string; errors: FieldErrors }) => (
  <DeskLayout page={page} title={sample.title}>
    <PageHead title={sample.title} trail={<a href={at('/desk/samples')}>Samples</a>} lead={`${sample.from} to ${sample.to}`}>
      {sample.drawn_at ? <ButtonLink href={at(`/desk/samples/${sample.sample}/sample.zip`)}>Download everything</ButtonLink> : null}
    </PageHead>
    <ErrorSummary errors={errors} />
    <DefinitionList of={[
      ['Population', String(sample.members)],
      ['Fixed', <Time at={sample.fixed_at} zone={page.zone} />],
      ['To be drawn', String(sample.size)],
      ['Drawn', sample.drawn_at ? <Time at={sample.drawn_at} zone={page.zone} /> : undefined],
    ]} />
    <DataTable caption="Compared with" unseenCaption={false} rows={sample.sources} columns={[
      { head: 'Source', header: true, cell: ({ source }) => source },
      { head: 'On', cell: ({ compared_at: on }) => <Time at={on} zone={page.zone} /> },
      { head: 'There', cell: ({ members }) => members },
      { head: 'Only here', cell: ({ only_here: names }) => <Names of={names} /> },
      { head: 'Only there', cell: ({ only_there: names }) => <Names of={names} /> },
    ]} />
    {sample.subjects ? (
      <>
        <DataTable caption="Drawn" unseenCaption={false} rows={sample.subjects} columns={[
          { head: 'Who or what', header: true, cell: ({ name }) => name },
          { head: 'Entries', cell: ({ entries }) => entries },
          { head: 'Files', cell: ({ files }) => files },
        ]} />
        <p class="soft">Check the file with <code>avow verify sample-{sample.sample}.zip --key …</code>: that nobody chose, and every line of it.</p>
      </>
    ) : <Draw sample={sample.sample} words={words} errors={errors} />}
  </DeskLayout>
)

const Names = ({ of: names }: { of: readonly string[] }) => names.length === 0 ? <>none</> : (
  <details><summary>{names.length}</summary><ul class="results">{names.slice(0, 100).map((name) => <li>{name}</li>)}</ul></details>
)

const Draw = ({ sample, words, errors }: { sample: string; words: string; errors: FieldErrors }) => (
  <section class="sheet stack" aria-labelledby="draw">
    <h2 id="draw">Draw</h2>
    <p>Who is drawn follows from the first state of the log that was signed after the population was fixed. Words of the auditor’s own make sure that
      not even whoever runs the log could have chosen.</p>
    <Form to={`/desk/samples/${sample}/draw`}>
      <Field name="words" label="Your words" optional value={words} error={errors['words']}
        hint="Anything that nobody could guess before. They stand in the record." />
      <Button>Draw the sample</Button>
    </Form>
  </section>
)
