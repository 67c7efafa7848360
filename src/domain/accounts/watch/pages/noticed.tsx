import { DataTable, DeskLayout, Empty, PageHead, Time } from '../../../../ui/index.ts'
import type { Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { listNoticed } from '../list-noticed.ts'
import { methodWords, placeName } from '../words.ts'

/** What the administrators see of attacks on accounts, and of what their people said about it. */
export function noticedPages(web: Web): void {
  web.get('/desk/sign-ins', { may: 'access.manage' }, async (page) => NoticedPage({ page, noticed: (await page.read(listNoticed, {})).noticed }))
}

type Row = Awaited<ReturnType<typeof listNoticed.run>>['noticed'][number]

const NoticedPage = ({ page, noticed }: { page: Page; noticed: readonly Row[] }) => (
  <DeskLayout page={page} title="Sign-ins" live>
    <PageHead title="Sign-ins" lead="What was noticed about how people sign in, or try to. Everybody concerned was asked whether it was them." />
    {noticed.length === 0
      ? <Empty title="Nothing out of the ordinary" text="Guessing, new browsers and the like will stand here, each once a day." />
      : <DataTable caption="What was noticed" rows={noticed} columns={[
        { head: 'What', cell: ({ kind }) => kindWords[kind] ?? kind, header: true },
        { head: 'Whose account', cell: ({ name, person }) => name ?? (person ? 'of somebody who was erased' : 'many') },
        { head: 'More', cell: ({ facts }) => factWords(facts) },
        { head: 'When', cell: ({ at }) => <Time at={at} zone={page.zone} /> },
      ]} />}
  </DeskLayout>
)

const kindWords: Readonly<Record<string, string>> = {
  'guessing.detected': 'Guessing', 'spraying.detected': 'A few passwords tried for many accounts', 'stuffing.detected': 'A list from elsewhere tried',
  'new-device.detected': 'A new browser', 'impossible-distance.detected': 'Two countries too far apart',
  'success-after-failures.detected': 'Right after many wrong ones', 'disabled-account.detected': 'A closed account tried',
  'alert.recognised': '“It was me”', 'alert.disowned': '“It was not me”',
}

function factWords({ attempts, accounts, networks, device, country, method, from }: Row['facts']): string {
  const parts = [
    attempts ? `${attempts} attempts` : '',
    accounts ? `${accounts} accounts from ${networks === 1 ? 'one network' : `${networks} networks`}` : '',
    method ? `with ${methodWords(String(method)).replaceAll('your', 'the')}` : '',
    device ? String(device) : '',
    typeof from === 'string' ? `from ${placeName(from)} to ${placeName(country as string | null)}` : typeof country === 'string' ? placeName(country) : '',
  ]
  return parts.filter(Boolean).join(', ')
}
