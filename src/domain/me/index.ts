import type { Module } from '../../web/module.ts'
import type { Page } from '../../web/page.ts'
import { openAlertsOf, ownSession } from '../accounts/index.ts'
import { listMyAgreements } from '../agreements/index.ts'
import { ownDuties } from '../duties/index.ts'
import { HomePage } from './home.tsx'
import { waitingFor } from './waiting.ts'

/** One's own first page: what waits for one's word, and what one owes. Everything on it belongs to accounts and duties; nothing is kept here. */
export const me: Module = {
  name: 'me', verbs: [], queries: [],
  pages(web) {
    web.get('/me', { may: 'account.own' }, home)
  },
}

async function home(page: Page) {
  const { database } = page.deps
  const { account, hasSecondFactor } = await ownSession(page)
  const owed = page.may('own.do') || page.may('duties.read') ? await ownDuties(page, account.id) : null
  const now = (await database.clockOf(page.organization.id)).now()
  return HomePage({
    page, hasSecondFactor,
    alerts: await openAlertsOf(database, account, now),
    toSign: page.may('own.do') ? (await page.read(listMyAgreements, {})).agreements.filter(({ signed_at: at }) => at === null) : [],
    owed, waiting: page.may('own.do') ? await waitingFor(page, new Set(owed?.duties.map(({ place }) => place))) : [],
  })
}
