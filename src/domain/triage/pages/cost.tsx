import { capital } from '../../../lib/words.ts'
import { DataTable, DeskLayout, PageHead } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { GateTabs } from '../../gates/index.ts'
import { readCost } from '../time.ts'
import { minutesInWords } from './parts.tsx'

interface Line { readonly of: string; readonly reports: number; readonly minutes: number; readonly spam?: number }

/** What reports cost within a year. Only what somebody noted is counted. */
export async function costPage(page: Page) {
  const { months, classes, outcomes, cases, senders } = await page.read(readCost, {})
  return (
    <DeskLayout page={page} title="Spam and time">
      <PageHead title="Spam and time" lead="Of the last twelve months. Spam is what a person closed as spam; minutes are what somebody noted." />
      <GateTabs here="/desk/gates/cost" />
      <Lines title="By month" head="Month" lines={months} />
      <Lines title="By class" head="Class" lines={classes} />
      <Lines title="By what became of it" head="Outcome" lines={outcomes} />
      <Cases cases={cases} />
      <Lines title="By sender, the dearest first" head="Newest report" lines={senders} />
    </DeskLayout>
  )
}

const Cases = ({ cases }: { cases: readonly { of: string; report: string; title: string | null; minutes: number }[] }) => (
  <section class="stack">
    <h2>By report, the dearest first</h2>
    {cases.length === 0 ? <p class="soft">Nobody has noted minutes yet. They are noted on a report’s page, or where it is closed.</p> : (
      <DataTable caption="By report, the dearest first" rows={cases} columns={[
        { head: 'Report', header: true, cell: ({ report, title, of }) => <><a href={at(`/desk/reports/${report}`)}><bdi>{title ?? 'Erased'}</bdi></a> <code
          class="reference">{of}</code></> },
        { head: 'Time', end: true, cell: ({ minutes }) => minutesInWords(minutes) },
      ]} />
    )}
  </section>
)

const Lines = ({ title, head, lines }: { title: string; head: string; lines: readonly Line[] }) => (
  <section class="stack">
    <h2>{title}</h2>
    {lines.length === 0 ? <p class="soft">Nothing yet.</p> : (
      <DataTable caption={title} rows={lines} columns={[
        { head, header: true, cell: ({ of }) => capital(of) },
        { head: 'Reports', end: true, cell: ({ reports }) => reports },
        ...(lines[0]!.spam === undefined ? [] : [{ head: 'Closed as spam', end: true, cell: ({ spam = 0 }: Line) => spam }]),
        { head: 'Time', end: true, cell: ({ minutes }) => minutesInWords(minutes) },
        { head: 'Each', end: true, cell: ({ minutes, reports }) => minutesInWords(minutes / reports) },
      ]} />
    )}
  </section>
)
