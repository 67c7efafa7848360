import { DataTable, DeskLayout, Empty, PageHead, PostButton, Time } from '../../../ui/index.ts'
import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import { GateTabs, listBlocks, type Block } from '../../gates/index.ts'
import { reportLines } from '../../reports/index.ts'

/** Every block in force, each with the report by which it came about. Of reports that the reader may not see, only that there is a block. */
export async function blocksPage(page: Page) {
  const { blocks, lines } = await page.reading(async (tx) => {
    const blocks = await listBlocks(tx)
    return { blocks, lines: new Map((await reportLines(tx, page.actor, blocks.map(({ report }) => report))).map((line) => [line.id, line])) }
  })
  return (
    <DeskLayout page={page} title="Blocked senders">
      <PageHead title="Blocked senders" lead="What they send is deposited closed, with the reason. Nothing is lost, and they can appeal." />
      <GateTabs here="/desk/gates/blocks" />
      {blocks.length === 0 ? <Empty title="Nobody is blocked" text="Whoever sent a report can be blocked on its page." /> : (
        <DataTable caption="Blocked senders" rows={blocks} columns={[
          { head: 'By this report', header: true, cell: ({ report }: Block) =>
            lines.has(report) ? <a href={at(`/desk/reports/${report}`)}><code class="reference">{lines.get(report)!.reference}</code></a> : 'restricted' },
          { head: 'Known by', cell: ({ kind }) => knownBy[kind] },
          { head: 'Reason', cell: ({ reason }) => reason },
          { head: 'Since', cell: ({ made_at: since }) => <Time at={since} zone={page.zone} dateOnly /> },
          { head: 'Lift', cell: ({ report }) => lines.has(report) ? <PostButton to={`/desk/reports/${report}/block/end`}
            look="quiet">Lift the block</PostButton> : null },
        ]} />
      )}
    </DeskLayout>
  )
}

const knownBy: Record<Block['kind'], string> = {
  account: 'their account', mail: 'an address that their mail proved', voucher: 'a code', key: 'a public key', address: 'an address that they typed',
    network: 'a network',
}
