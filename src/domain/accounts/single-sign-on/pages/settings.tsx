import { DeskLayout, ErrorSummary, PageHead, type Draft } from '../../../../ui/index.ts'
import type { Entered } from '../../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { configureProvider, removeProvider } from '../configure-provider.ts'
import { claimDomain, lookAgain, releaseDomain, requireSingleSignOn } from '../domains.ts'
import { endException, nameException } from '../exceptions.ts'
import { setGroupRoles } from '../group-roles.ts'
import { readSingleSignOn } from '../read-single-sign-on.ts'
import { DomainsSection } from './domains-section.tsx'
import { ExceptionsSection, listAdministrators } from './exceptions-section.tsx'
import { GroupsSection, listRoles } from './groups-section.tsx'
import { ProviderSection } from './provider-section.tsx'
import { SignInTabs } from './sign-in-tabs.tsx'

const here = '/desk/single-sign-on'

/** What an administrator decides about single sign-on. */
export function settingsPages(web: Web): void {
  web.get(here, { may: 'sign-in.manage' }, (page) => settingsPage(page))
  const back = (said?: string) => ({ again: settingsPage, done: (_: unknown, page: Page) => { if (said) page.say(said); return here } })
  web.form(configureProvider, { at: `POST ${here}/provider`, ...back('The provider is set. Sign in by it once yourself, in another browser.') })
  web.form(removeProvider, { at: `POST ${here}/provider/end`, ...back('The provider is removed.') })
  web.form(claimDomain, { at: `POST ${here}/domains`, ...back('Now set the record in your DNS. It is looked for every hour.') })
  web.form(lookAgain, { at: `POST ${here}/domains/look`, ...back('The DNS is being asked. Load the page again in a moment.') })
  web.form(requireSingleSignOn, { at: `POST ${here}/domains/:domain/requirement`, ...back() })
  web.form(releaseDomain, { at: `POST ${here}/domains/:domain/end`, ...back() })
  web.form(setGroupRoles, { at: `POST ${here}/groups`, ...back() })
  web.form(nameException, { at: `POST ${here}/exceptions`, ...back() })
  web.form(endException, { at: `POST ${here}/exceptions/:person/end`, ...back() })
}

async function settingsPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  const { provider, domains, groups, exceptions, people } = await page.read(readSingleSignOn, {})
  const draft: Draft = { input, errors }
  const { roles, administrators } = await page.reading(async (tx) => ({ roles: await listRoles(tx), administrators: await listAdministrators(tx) }))
  return (
    <DeskLayout page={page} title="Single sign-on">
      <PageHead title="Single sign-on" lead="Your people sign in by your own identity provider, and it says who they are." />
      <SignInTabs here={here} />
      <ErrorSummary errors={errors} />
      <ProviderSection page={page} provider={provider} people={people} draft={draft} />
      <DomainsSection domains={domains} draft={draft} />
      <GroupsSection groups={groups} roles={roles} draft={draft} />
      <ExceptionsSection exceptions={exceptions} administrators={administrators} draft={draft} />
    </DeskLayout>
  )
}
