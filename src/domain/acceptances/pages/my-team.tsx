import { DataTable, DeskLayout, Empty, PageHead, Time } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'

interface Open { readonly name: string; readonly policy: string; readonly title: string; readonly asked_at: string }

/** What those whom I manage have still to accept; that, and nothing else of them. */
export const MyTeamPage = ({ page, manages, open }: { page: Page; manages: number; open: readonly Open[] }) => (
  <DeskLayout page={page} title="My people">
    <PageHead title="My people" lead={manages === 0 ? 'Nobody has you as their manager.' : `You manage ${manages} ${manages === 1 ? 'person' : 'people'}.`} />
    {open.length === 0 ? <Empty title="Nothing is open" text="When somebody whom you manage has a policy to accept, it stands here." />
      : <DataTable caption="Still to accept" rows={open} columns={[
          { head: 'Name', header: true, cell: ({ name }) => name },
          { head: 'Policy', cell: ({ title }) => title },
          { head: 'Asked', cell: ({ asked_at: asked }) => <Time at={asked} zone={page.zone} /> },
        ]} />}
  </DeskLayout>
)
