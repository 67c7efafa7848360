import { listAlerts, openAlert } from '../../../../access/alerts.ts'
import { listSignIns } from '../../../../access/sign-ins.ts'
import { DataTable, Empty, Time } from '../../../../ui/index.ts'
import type { Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { ownSession } from '../../sessions/own-session.ts'
import { watchKinds } from '../../watch/kinds.ts'
import { alertWords, methodWords, placeName } from '../../watch/words.ts'
import { MePage } from '../me-page.tsx'
import { ownEntries } from '../own-entries.ts'

interface Line { readonly at: Date; readonly what: string; readonly more: string }

/** What happened with one's account, and what one has done here, in plain words. */
export function activityPages(web: Web): void {
  web.get('/me/activity', { may: 'account.own' }, activityPage)
}

async function activityPage(page: Page) {
  const { account } = await ownSession(page)
  const { global, keyring } = page.deps.database
  const signIns = (await listSignIns(global, keyring, account)).map(({ at, method, device, country }): Line => (
    { at, what: 'You signed in', more: `with ${methodWords(method)}, ${device}${country ? `, ${placeName(country)}` : ''}` }))
  const alerts = (await listAlerts(global, account.id)).map(async (alert): Promise<Line> => (
    { at: alert.noticed_at, what: 'Something was noticed', more: alertWords(alert.kind, await openAlert(keyring, account, alert)) }))
  const entries = (await page.reading((tx) => ownEntries(tx, account.id, 100))).filter(({ kind }) => !watchKinds.includes(kind))
  const done = entries.map(({ at, kind, about, mine }): Line => ({ at, what: mine ? `You: ${kindWords(kind)}` : 'About you', more: about }))
  const lines = [...signIns, ...await Promise.all(alerts), ...done].toSorted((a, b) => b.at.getTime() - a.at.getTime()).slice(0, 100)
  return <ActivityPage page={page} lines={lines} />
}

/** `report.triaged` → `report triaged`. */
const kindWords = (kind: string): string => kind.replaceAll(/[.-]/g, ' ')

const ActivityPage = ({ page, lines }: { page: Page; lines: readonly Line[] }) => (
  <MePage page={page} title="Your activity" lead="How you signed in, what you did here, and what was recorded about you. The newest comes first.">
    {lines.length === 0
      ? <Empty title="Nothing yet" text="What you do here will stand on this page." />
      : <DataTable caption="Your activity" rows={lines} columns={[
        { head: 'What', cell: ({ what }) => what, header: true },
        { head: 'More', cell: ({ more }) => more },
        { head: 'When', cell: ({ at }) => <Time at={at} zone={page.zone} /> },
      ]} />}
  </MePage>
)
