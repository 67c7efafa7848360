import { personBehind } from '../../../access/person-behind.ts'
import {
  confirmCorrection, findCorrection, getEntry, listCorrections, proposeCorrection, RecordTabs, withdrawCorrection, type CorrectionRow,
} from '../../../ledger/index.ts'
import { DataTable, DeskLayout, Empty, PageHead, Time } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { named } from '../list-entries.ts'
import { EntryPage } from './entry.tsx'
import { auditors, place } from './parts.tsx'

/** One entry, and what can be said against it: a correction takes two people, and shows its reason for ever. */
export function correctionPages(web: Web): void {
  web.get('/desk/record/corrections', auditors, correctionsPage)
  web.get('/desk/record/:index{[0-9]+}', auditors, (page) => entryPage(page))
  const back = (page: Page, said: string) => { page.say(said); return `/desk/record/${page.param('index')}` }
  web.form(proposeCorrection, {
    at: 'POST /desk/record/:index/correction', again: entryPage,
    done: ({ confirmed }, page) => back(page, confirmed ? 'Corrected.' : 'Proposed. It counts when a second person confirms it.'),
  })
  web.form(confirmCorrection, { at: 'POST /desk/record/:index/confirmation', again: entryPage, done: (_, page) => back(page, 'Corrected.') })
  web.form(withdrawCorrection, { at: 'POST /desk/record/:index/withdrawal', again: entryPage, done: (_, page) => back(page, 'Taken back.') })
}

async function entryPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const { entry, correction, own } = await page.reading(async (tx) => {
    const found = await getEntry(tx, place(page))
    const [line] = await named(tx, page.actor, [found])
    const proposed = await findCorrection(tx, found.index)
    return { entry: { ...line!, facts: found.facts }, correction: proposed, own: proposed?.proposed_by === await personBehind(tx, page.actor) }
  })
  return <EntryPage page={page} entry={entry} correction={correction} own={own} input={input} errors={errors} />
}

async function correctionsPage(page: Page) {
  const corrections = await page.reading(listCorrections)
  return (
    <DeskLayout page={page} title="Corrections">
      <PageHead title="Corrections" lead="Entries that were wrong. They stay where they are; what they decided shows as corrected." />
      <RecordTabs here="/desk/record/corrections" />
      {corrections.length > 0 ? <Corrections of={corrections} zone={page.zone} /> : (
        <Empty title="Nothing was corrected" text="Find the entry that is wrong, and say there why. A second person confirms it.">
          <a href={at('/desk/record')}>All entries</a>
        </Empty>
      )}
    </DeskLayout>
  )
}

const Corrections = ({ of, zone }: { of: readonly CorrectionRow[]; zone: string }) => (
  <DataTable caption="Corrections" rows={of} columns={[
    { head: 'Entry', header: true, cell: ({ index }) => <a href={at(`/desk/record/${index}`)}>{index}</a> },
    { head: 'Reason', cell: ({ reason }) => reason },
    { head: 'Proposed', cell: ({ proposed_at: when }) => <Time at={when} zone={zone} dateOnly /> },
    { head: 'State', cell: ({ confirmed_at: when }) => when ? <>corrected <Time at={when} zone={zone} dateOnly /></> : 'waits for a second person' },
  ]} />
)
