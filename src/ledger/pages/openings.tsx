import { formatOpenings, type Opening } from 'avow-verify'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { Actions, ButtonLink, DeskLayout, PageHead } from '../../ui/index.ts'
import { query } from '../../verbs/verb.ts'
import { download } from '../../web/download.ts'
import type { Web } from '../../web/module.ts'
import { at } from '../../web/place.ts'
import type { Page } from '../../web/page.ts'
import { logSize } from '../events.ts'
import { auditorOpenings } from '../openings.ts'
import { RecordTabs } from './record-tabs.tsx'

const auditors = { may: 'openings.read' } as const
const BATCH = 1024

/** What an auditor needs to recompute the standings whose entries are sealed to the public. */
export function serveAuditors(web: Web): void {
  web.get('/desk/openings', auditors, (page) => <OpeningsPage page={page} />)
  web.get('/desk/openings/file', auditors, async (page) => {
    const { lines } = await page.read(readAuditorsFile, {})
    return download('openings.jsonl', 'application/jsonl', lines)
  })
}

export const readAuditorsFile = query({
  name: 'openings.read', summary: 'Opens every entry of the log, so that an auditor recomputes every standing, also the sealed ones.', may: 'openings.read',
  stepUp: true, input: z.object({}), output: z.object({ lines: z.string().describe('One JSON object a line') }),
  run: async ({ tx }) => ({ lines: await auditorsFile(tx) }),
})

/** Kind, pseudonyms and marks of every entry, with their salts, a line each: no facts but those that are public anyway. */
export async function auditorsFile(tx: Tx): Promise<string> {
  const openings: Opening[] = []
  const size = await logSize(tx)
  for (let from = 0; from < size; from += BATCH) openings.push(...await auditorOpenings(tx, from, Math.min(size, from + BATCH)))
  return formatOpenings(openings)
}

const OpeningsPage = ({ page }: { page: Page }) => (
  <DeskLayout page={page} title="Auditor’s file">
    <PageHead title="Auditor’s file" lead="It opens every entry of the log, so that an auditor recomputes every standing, also the sealed ones." />
    <RecordTabs here="/desk/openings" />
    <p>
      It says what kind of thing happened when, about which pseudonym, with the few marks that rules read. Nobody is named in it, and nothing
      that was written. Still, pass it on only to whom it is meant for.
    </p>
    <Actions><ButtonLink href={at('/desk/openings/file')}>Download the file</ButtonLink></Actions>
    <p class="soft">Then: <code>avow verify {page.address('')} --openings openings.jsonl</code></p>
  </DeskLayout>
)
