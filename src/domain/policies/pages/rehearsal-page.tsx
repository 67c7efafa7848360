import type { Standing as Computed } from 'avow-verify'
import { ButtonLink, DataTable, DeskLayout, Notice, PageHead, recordLine, Standing, type Surroundings } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'

interface Line extends Pick<Computed, 'mark' | 'sentence' | 'standing' | 'record'> { readonly due_at: number | null }

/** What the page would say today, had the version been in force since the record began. */
export const RehearsalPage = ({ page, policy, version, standings, zone }:
  { page: Surroundings; policy: string; version: number; standings: readonly Line[]; zone: string }) => (
  <DeskLayout page={page} title={`Rehearsal of version ${version}`}>
    <PageHead title={`Rehearsal of version ${version}`} trail={<a href={at(`/desk/policies/${policy}`)}>{policy}</a>}
      lead="What its page would say today, had this version been in force since the record began.">
      <ButtonLink href={at(`/desk/policies/${policy}`)}>Go on</ButtonLink>
    </PageHead>
    <Notice>Nothing of this was recorded, and nobody outside has seen it.</Notice>
    <DataTable caption="Standings as they would be" rows={standings} columns={[
      { head: 'Promise', header: true, cell: s => s.sentence },
      { head: 'Standing', cell: s => <Standing standing={s.standing} due={s.due_at ?? undefined} zone={zone} /> },
      { head: 'Record', cell: s => recordLine(s.record) },
    ]} />
  </DeskLayout>
)
