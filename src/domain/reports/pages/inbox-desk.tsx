import { namesOf } from '../../../access/accounts.ts'
import { holdersOf } from '../../../access/memberships.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { changeMany, closeMany } from '../desk/change-case.ts'
import { lastUndoable } from '../desk/doings.ts'
import { caseFields } from '../desk/fields.ts'
import { filterIn } from '../desk/filter.ts'
import { deleteFilter, savedFilters, saveFilter } from '../desk/filters.ts'
import { listAssets } from '../find.ts'
import { listReportsQuery } from '../list-reports.ts'
import { inboxAt, InboxPage } from './inbox.tsx'

/** The list, its views, and what is done to many at once. The address of each form says the view that it comes from. */
export function inboxPages(web: Web): void {
  web.get('/desk/reports', { may: 'reports.read' }, (page) => inboxPage(page))
  web.form(changeMany, {
    at: 'POST /desk/many/change', again: inboxPage,
    done: ({ changed }, page) => said(page, changed === 1 ? 'One report was changed.' : `${changed} reports were changed.`),
  })
  web.form(closeMany, {
    at: 'POST /desk/many/closure', again: inboxPage,
    done: ({ closed }, page) =>
      said(page, closed === 1 ? 'One report was closed. Its reporter can read why.' : `${closed} reports were closed. Their reporters can read why.`),
  })
  web.form(saveFilter, { at: 'POST /desk/views', again: inboxPage, done: ({ query }) => `/desk/reports?${query}` })
  web.form(deleteFilter, { at: 'POST /desk/views/:filter/end', again: (page) => seeOther(page, '/desk/reports'), done: () => '/desk/reports' })
}

function said(page: Page, sentence: string): string {
  page.say(sentence)
  return inboxAt(filterIn(page.url.searchParams))
}

async function inboxPage(page: Page, input?: Entered, errors?: FieldErrors) {
  const asked = page.url.searchParams
  const [filter, search, before] = [filterIn(asked), asked.get('search') ?? '', asked.get('before') ?? undefined]
  const [found, beside] = await Promise.all([page.read(listReportsQuery, { ...filter, search, ...(before && { before }) }), besideOf(page)])
  return <InboxPage page={page} filter={filter} search={search} {...found} {...beside} input={input} errors={errors} />
}

/** What stands around the list, on a connection of its own: neither waits for the other. */
const besideOf = (page: Page) => page.reading(async (tx) => {
  const [accounts, saved, assets, fields, lastDone] =
    await Promise.all([holdersOf(tx, 'reports.triage'), savedFilters(tx, page.actor), listAssets(tx), caseFields(tx), lastUndoable(tx, page.actor)])
  const nameOf = await namesOf(tx, accounts)
  const triagers = accounts.map((id) => ({ id, name: nameOf(id) }))
  const own = page.actor.kind === 'member' ? page.actor.accountId : null
  return { lastDone, now: tx.now.epochMilliseconds, views: { saved, assets, fields, triagers, own } }
})
