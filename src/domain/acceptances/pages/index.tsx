import { ownPerson } from '../../../access/people.ts'
import { awaitReceipt, contentFor } from '../../../ledger/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { download } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { remindOfDuties } from '../../obligations/index.ts'
import { namesOfPeople } from '../../people/index.ts'
import { newestPolicies } from '../../policies/index.ts'
import { acceptPolicy } from '../accept-policy.ts'
import { listMyAcceptances, readingOf } from '../my-acceptances.ts'
import { isRequiredFirst, requireAcceptance, requireFirst } from '../require.ts'
import { listAcceptances, listOfMyPeople } from '../team-acceptances.ts'
import { AcceptancesPage } from './desk-acceptances.tsx'
import { MyPoliciesPage, ReadPolicyPage } from './my-policies.tsx'
import { MyTeamPage } from './my-team.tsx'

const own = { may: 'own.do' } as const

export function acceptancePages(web: Web): void {
  web.get('/me/policies', own, async (page) => <MyPoliciesPage page={page} {...await page.read(listMyAcceptances, {})} />)
  web.get('/me/policies/:policy', own, (page) => readPage(page))
  web.form(acceptPolicy, { at: 'POST /me/policies/:policy', again: readPage, done: ({ policy }) => `/me/policies/${policy}` })
  web.get('/me/policies/:policy/receipt', own, async (page) =>
    download(`${page.param('policy')}.tlog-proof`, 'text/plain; charset=utf-8',
      await awaitReceipt(page.deps.database, page.organization.id, await entryOf(page))))
  web.get('/me/policies/:policy/content', own, async (page) => {
    const entryId = await entryOf(page)
    return download(`${page.param('policy')}.json`, 'application/json', await page.reading((tx) => contentFor(tx, entryId)))
  })
  web.get('/desk/acceptances', { may: 'people.read' }, (page) => deskPage(page))
  web.form(requireAcceptance, { at: 'POST /desk/acceptances', again: deskPage, done: () => '/desk/acceptances' })
  web.form(requireFirst, { at: 'POST /desk/acceptances/first', again: deskPage, done: () => '/desk/acceptances' })
  web.get('/me/team', own, async (page) => <MyTeamPage page={page} {...await page.read(listOfMyPeople, {})} />)
  web.form(remindOfDuties, { at: 'POST /desk/acceptances/reminders', again: deskPage, done: reminded })
}

function reminded({ reminded: people }: { reminded: number }, page: Page): string {
  page.say(people === 0 ? 'Everybody who is behind was reminded within the last day.' : `${people} ${people === 1 ? 'person was' : 'people were'} reminded.`)
  return '/desk/acceptances'
}

const mine = (page: Page) => page.reading(async (tx) => readingOf(tx, await ownPerson(tx, page.actor), page.param('policy')))

const readPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <ReadPolicyPage page={page} reading={await mine(page)} input={input} errors={errors} />

async function entryOf(page: Page): Promise<string> {
  const { accepted } = await mine(page)
  if (!accepted?.entry_id) throw new NotFound()
  return accepted.entry_id
}

async function deskPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { policies } = await page.read(listAcceptances, {})
  const all = await page.reading(newestPolicies)
  const name = await page.reading((tx) => namesOfPeople(tx, policies.flatMap(({ missing }) => missing.map(({ person }) => person))))
  const rows = policies.map(({ given, missing, ...policy }) => ({ ...policy, given: given.length,
    missing: missing.map((one) => ({ ...one, name: name(one.person) })) }))
  return <AcceptancesPage page={page} rows={rows} all={all} first={await page.reading(isRequiredFirst)} input={input} errors={errors} />
}
