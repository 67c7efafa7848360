import { buildEndSessionUrl } from 'openid-client'
import { findSession } from '../../../access/sessions.ts'
import type { Page } from '../../../web/page.ts'
import { connectionTo } from './connection.ts'
import type { Provider } from './provider.ts'

/** Whether this browser's session began with the organisation's provider, where its person may still be signed in after leaving here. */
export async function enteredByProvider({ deps, cookies, organization }: Page): Promise<boolean> {
  const session = await findSession(deps.database.global, cookies.get('session') ?? '', deps.sessionLimits)
  return session?.onlyFor === organization.id
}

/** Where to sign out at the provider too (OpenID Connect RP-Initiated Logout 1.0); null where it has no such page. */
export async function signOutAddress(page: Page, provider: Provider): Promise<string | null> {
  const configuration = await connectionTo(provider, page.deps)
  if (!configuration.serverMetadata().end_session_endpoint) return null
  return buildEndSessionUrl(configuration, { post_logout_redirect_uri: page.address('/') }).href
}
