import { z } from 'zod'
import { duties as dutiesOf, standings } from '../../commitments/index.ts'
import { personIdOf } from '../../access/people.ts'
import type { Module } from '../../web/module.ts'
import type { Page } from '../../web/page.ts'
import { pseudonymsOf } from '../../ledger/index.ts'
import { deskNotices } from '../accounts/index.ts'
import { firstDayNotices } from '../first-days/index.ts'
import { policiesInForce } from '../policies/index.ts'
import { countOpen } from '../reports/index.ts'
import { deskDuties, inPerson, seenDuties, type DeskDuty } from './desk-duties.ts'
import { HomePage, PromisePage } from './pages/home.tsx'
import { named, sectionsOf, type Section } from './sections.ts'

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

/** On a page of its own, so many duties of one promise are listed at once. */
const PAGE = 100

async function home(page: Page) {
  const { database } = page.deps
  const asked = z.object({ policy: z.string(), mark: z.string(), from: z.coerce.number().int().min(0).catch(0) })
    .safeParse(Object.fromEntries(page.url.searchParams)).data
  const [owed, stand] = [await dutiesOf(database, page.organization.id), await standings(database, page.organization.id)]
  return page.reading(async (tx) => {
    const seen = await seenDuties(tx, page.actor, owed)
    const nowMs = tx.now.epochMilliseconds
    const drawn = async (sections: readonly Section[]) =>
      named(sections, await deskDuties(tx, page.actor, sections.flatMap(({ shown }) => shown), stand.standings))
    if (asked) {
      const all = seen.filter(({ policy, mark }) => policy === asked.policy && mark === asked.mark)
      // Whoever comes back to a page that has emptied meanwhile sees the last one there is.
      const from = Math.min(asked.from, Math.floor(Math.max(0, all.length - 1) / PAGE) * PAGE)
      const sections = await drawn(sectionsOf(all.slice(from, from + PAGE), nowMs, PAGE))
      return PromisePage({ page, ...asked, from, n: all.length, most: PAGE, sections,
        sentence: stand.standings.find(({ policy, mark }) => policy === asked.policy && mark === asked.mark)?.sentence ?? '' })
    }
    return HomePage({
      page,
      notices: [...await deskNotices(tx, page.actor), ...await firstDayNotices(tx, page.actor)],
      n: seen.length, late: seen.filter(({ overdue }) => overdue).length,
      sections: await drawn(sectionsOf(seen, nowMs)),
      openReports: page.may('reports.read') ? await countOpen(tx, page.actor) : null,
      hasPolicy: (await policiesInForce(tx)).length > 0,
    })
  })
}

/** What one person owes in person: a policy to accept, a course to pass. And how much the whole team owes. */
export async function ownDuties({ deps: { database }, organization, actor }: Page, accountId: string): Promise<OwnDuties> {
  const [owed, stand] = [await dutiesOf(database, organization.id), await standings(database, organization.id)]
  return database.read(organization.id, async (tx) => {
    const mine = await pseudonymsOf(tx, 'person', await personIdOf(tx, accountId))
    const own = owed.filter(({ cases }) => mine.has(cases['person'] ?? ''))
    return { duties: await inPerson(tx, actor, own, stand.standings), team: (await seenDuties(tx, actor, owed)).length, nowMs: tx.now.epochMilliseconds }
  })
}

export interface OwnDuties { readonly duties: readonly DeskDuty[]; readonly team: number; readonly nowMs: number }

export { Duties } from './pages/home.tsx'
export { drawnSections } from './sections.ts'
export { subjectNames, type SubjectName } from './subject-names.ts'
