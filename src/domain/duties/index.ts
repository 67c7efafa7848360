import { duties as dutiesOf, standings } from '../../commitments/index.ts'
import { personIdOf } from '../../access/people.ts'
import type { Module } from '../../web/module.ts'
import type { Page } from '../../web/page.ts'
import { pseudonymsOf } from '../../ledger/index.ts'
import { deskNotices } from '../accounts/index.ts'
import { firstDayNotices } from '../first-days/index.ts'
import { policiesInForce } from '../policies/index.ts'
import { countOpen } from '../reports/index.ts'
import { deskDuties, inPerson, type DeskDuty } from './desk-duties.ts'
import { HomePage } from './pages/home.tsx'

/**
 * What the commitments have made somebody owe, gathered for the people who do it. Nothing is stored here: a duty is computed from the
 * ledger and ends when the entry that discharges it is recorded. What may never happen: a duty is typed in, or ticked off.
 */
export const duties: Module = {
  name: 'duties',
  verbs: [],
  queries: [],
  pages(web) {
    web.get('/desk', { may: 'duties.read' }, home)
  },
}

async function home(page: Page) {
  const { database } = page.deps
  const [owed, stand] = [await dutiesOf(database, page.organization.id), await standings(database, page.organization.id)]
  return page.reading(async (tx) => HomePage({
    page,
    notices: [...await deskNotices(tx, page.actor), ...await firstDayNotices(tx, page.actor)],
    duties: await deskDuties(tx, page.actor, owed, stand.standings),
    nowMs: tx.now.epochMilliseconds,
    openReports: page.may('reports.read') ? await countOpen(tx, page.actor) : null,
    hasPolicy: (await policiesInForce(tx)).length > 0,
  }))
}

/** What one person owes in person: a policy to accept, a course to pass. And how much the whole team owes. */
export async function ownDuties({ deps: { database }, organization, actor }: Page, accountId: string): Promise<OwnDuties> {
  const [owed, stand] = [await dutiesOf(database, organization.id), await standings(database, organization.id)]
  return database.read(organization.id, async (tx) => {
    const mine = await pseudonymsOf(tx, 'person', await personIdOf(tx, accountId))
    const own = owed.filter(({ cases }) => mine.has(cases['person'] ?? ''))
    const team = (await deskDuties(tx, actor, owed, stand.standings)).length
    return { duties: await inPerson(tx, actor, own, stand.standings), team, nowMs: tx.now.epochMilliseconds }
  })
}

export interface OwnDuties { readonly duties: readonly DeskDuty[]; readonly team: number; readonly nowMs: number }

export { Duties } from './pages/home.tsx'
export { subjectNames, type SubjectName } from './subject-names.ts'
