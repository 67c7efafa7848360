import type { Standing as Promised } from 'avow-verify'
import { ButtonLink, DataTable, DeskLayout, ErrorSummary, PageHead, Standing, Time } from '../../../ui/index.ts'
import { findKind } from '../../../ledger/index.ts'
import type { FieldErrors } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { practicesByTitle } from '../practice-kinds.ts'
import { isCheck, type Asking } from './asked.ts'

interface Props { page: Page; asking: readonly Asking[]; absences: readonly Promised[]; about: string; errors: FieldErrors }

/** What can be recorded: first what promises ask for, then everything, by practice. */
export const EvidencePage = ({ page, asking, absences, about, errors }: Props) => (
  <DeskLayout page={page} title="Evidence" live>
    <PageHead title="Evidence" lead="Say that something was done. What machines see comes by itself.">
      {page.may('evidence.import') ? <ButtonLink href={at('/desk/evidence/import')} look="second">Import from before</ButtonLink> : null}
      {page.may('organization.manage') ? <ButtonLink href={at('/desk/calendar')} look="second">Calendar</ButtonLink> : null}
    </PageHead>
    <ErrorSummary errors={errors} />
    <Asked title="Asked for now" asking={asking.filter(({ promise }) => promise.standing === 'broken' || promise.standing === 'due')} about={about} />
    <Asked title="Nothing feeds these yet" asking={asking.filter(({ promise }) => promise.standing === 'unproven')} about={about} />
    {absences.length > 0 ? <Absences promises={absences} zone={page.zone} /> : null}
    <section class="stack" aria-labelledby="everything">
      <h2 id="everything">Everything that can be recorded</h2>
      <div class="practices">{[...practicesByTitle()].map(([title, kinds]) => (
        <section aria-label={title}>
          <h3>{title}</h3>
          <ul>{kinds.map(({ kind, about: words }) => <li><a href={recordAt(kind, about)}>{words}</a></li>)}</ul>
        </section>
      ))}</div>
    </section>
  </DeskLayout>
)

const recordAt = (kind: string, system: string) => at(`/desk/evidence?${new URLSearchParams({ kind, ...system && { system } })}`)

const Asked = ({ title, asking, about }: { title: string; asking: readonly Asking[]; about: string }) => asking.length === 0 ? null : (
  <section class="stack" aria-label={title}>
    <h2>{title} <span class="count">{asking.length}</span></h2>
    <DataTable caption={title} rows={asking} columns={[
      { head: 'Promise', header: true, cell: ({ promise }) => <a href={at(`/policies/${promise.policy}#c-${promise.mark}`)}>{promise.sentence}</a> },
      { head: 'Stands', cell: ({ promise }) => <Standing standing={promise.standing} due={promise.due_at} /> },
      { head: 'Record', cell: ({ kinds }) => <ul class="results">{kinds.map((kind) => <li><Deed kind={kind} about={about} /></li>)}</ul> },
    ]} />
  </section>
)

/** A check is a machine's to record; everything else a person's too. */
const Deed = ({ kind, about }: { kind: string; about: string }) => isCheck(kind)
  ? <a href={at(`/desk/sources?kind=${kind}`)}>Connect what checks it</a>
  : <a href={recordAt(kind, about)}>{findKind(kind)?.about ?? kind}</a>

const Absences = ({ promises, zone }: { promises: readonly Promised[]; zone: string }) => (
  <section class="stack" aria-label="What never happens">
    <h2>What never happens</h2>
    <DataTable caption="What never happens" rows={promises} columns={[
      { head: 'Promise', header: true, cell: ({ policy, mark, sentence }) => <a href={at(`/policies/${policy}#c-${mark}`)}>{sentence}</a> },
      { head: 'Stands', cell: ({ standing }) => <Standing standing={standing} /> },
      { head: 'Good until', cell: ({ attested }) => attested ? <Time at={attested.until} zone={zone} dateOnly /> : 'not given yet' },
      { head: 'Your word', cell: ({ policy, mark, sentence }) =>
        <a href={at(`/desk/evidence/absence/${policy}/${mark}`)}>Give your word<span class="unseen"> that it has not happened: {sentence}</span></a> },
    ]} />
  </section>
)
