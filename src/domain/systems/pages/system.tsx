import { Button, ButtonLink, DataTable, DeskLayout, Empty, ErrorSummary, Field, Form, kept, PageHead, Time, type Draft } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { findCheck } from '../check-kinds.ts'
import type { CheckResultRow, SystemRow } from '../tables.ts'
import { Result } from './parts.tsx'

interface Props extends Draft { page: Page; system: SystemRow; results: readonly CheckResultRow[] }

/** One system: what was last seen of it, where our own check looks, and how it ends. */
export const SystemPage = ({ page, system, results, ...draft }: Props) => (
  <DeskLayout page={page} title={system.title} live>
    <PageHead title={system.title} trail={<a href={at('/desk/systems')}>Systems</a>}
      lead={<>Listed <Time at={system.listed_at} zone={page.zone} dateOnly /> as <code>{system.slug}</code>.</>}>
      {page.may('evidence.record') ? <ButtonLink href={at(`/desk/evidence?system=${system.slug}`)} look="second">Record evidence</ButtonLink> : null}
    </PageHead>
    <ErrorSummary errors={draft.errors} />
    {results.length > 0
      ? <Results results={results} zone={page.zone} />
      : <NotLookedAt />}
    {page.may('systems.manage') ? <Hosts system={system} draft={draft} /> : null}
    {page.may('systems.manage') ? <Retirement system={system} draft={draft} /> : null}
  </DeskLayout>
)

const NotLookedAt = () => (
  <Empty title="No machine has looked yet" text="Name its hosts, and their TLS is checked every hour. Other checks come signed from your own tools.">
    <a href={at('/desk/sources')}>Connect a source</a>
  </Empty>
)

const Results = ({ results, zone }: { results: readonly CheckResultRow[]; zone: string }) => (
  <DataTable caption="Checks" rows={results} columns={[
    { head: 'Check', header: true, cell: ({ check_name: check }) => <>{findCheck(check)?.about ?? check} <code>{`check.${check}`}</code></> },
    { head: 'Result', cell: ({ passed }) => <Result passed={passed} /> },
    { head: 'Since', cell: ({ since }) => <Time at={since} zone={zone} /> },
    { head: 'Last look', cell: ({ observed_at: at }) => <Time at={at} zone={zone} /> },
    { head: 'What was seen', cell: ({ detail }) => detail },
  ]} />
)

const Hosts = ({ system, draft }: { system: SystemRow; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="hosts-head">
    <h2 id="hosts-head">Hosts</h2>
    <Form to={`/desk/systems/${system.slug}/hosts`}>
      <Field {...kept(draft, 'hosts')} label="Hosts whose TLS is checked" rows={4} code optional
        hint="One a line, with a port where it is not 443: mail.example.org:465." />
      <Button>Save the hosts</Button>
    </Form>
  </section>
)

const Retirement = ({ system, draft }: { system: SystemRow; draft: Draft }) => (
  <section class="sheet stack" aria-labelledby="retire">
    <h2 id="retire">Take off the list</h2>
    <p class="soft">Nothing more is owed for it from then on. What was missed stays in the record.</p>
    <Form to={`/desk/systems/${system.slug}/retirement`}>
      <Field {...kept(draft, 'reason')} label="Why" hint="Public, as the list is." />
      <Button look="danger">Take {system.title} off the list</Button>
    </Form>
  </section>
)
