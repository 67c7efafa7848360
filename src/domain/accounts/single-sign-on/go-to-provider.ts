import { buildAuthorizationUrl, calculatePKCECodeChallenge, randomNonce, randomPKCECodeVerifier, randomState } from 'openid-client'
import type { Page } from '../../../web/page.ts'
import { connectionTo } from './connection.ts'
import { callbackPath, type Provider } from './provider.ts'
import { rememberVisit } from './visit.ts'

/** The provider's own page, with what this visit is recognised by: state, nonce and a PKCE challenge (RFC 7636), new each time. */
export async function addressOfProvider(page: Page, provider: Provider, to: string): Promise<string> {
  const configuration = await connectionTo(provider, page.deps)
  const visit = { state: randomState(), nonce: randomNonce(), verifier: randomPKCECodeVerifier(), to }
  const address = buildAuthorizationUrl(configuration, {
    response_type: 'code', redirect_uri: page.address(callbackPath), scope: scopeFor(configuration.serverMetadata().scopes_supported),
    state: visit.state, nonce: visit.nonce, code_challenge: await calculatePKCECodeChallenge(visit.verifier), code_challenge_method: 'S256',
  })
  if (address.protocol !== 'https:' && !page.deps.privateNetwork) throw new Error('The provider’s own page is not served by https.')
  rememberVisit(page, visit)
  return address.href
}

/** Some providers tell the groups only to whoever asks for them; the others would refuse a scope that they do not know. */
const scopeFor = (supported: readonly string[] = []): string => ['openid', 'email', 'profile', ...supported.includes('groups') ? ['groups'] : []].join(' ')
