import { authorizationCodeGrant, type Configuration } from 'openid-client'
import { Refused } from '../../../lib/errors.ts'
import type { Page } from '../../../web/page.ts'
import { vouchedFor, type Vouched } from './claims.ts'
import { callbackPath, type Provider } from './provider.ts'
import type { Visit } from './visit.ts'

/**
 * Whom the provider vouches for, from the code that the browser brought back. openid-client checks state, the issuer (RFC 9207), signature, audience,
 * nonce and times of the ID token (OpenID Connect Core 1.0, section 3.1.3.7). Throws `Refused` where somebody has said no, else what it throws.
 */
export async function vouchedAtReturn(page: Page, configuration: Configuration, provider: Provider, visit: Visit): Promise<Vouched> {
  if (page.url.searchParams.get('error') === 'access_denied') throw new Refused('provider_said_no', 'Your provider did not let you in, or you went back there.')
  // Our address as others know it: behind a proxy the request itself may name another.
  const here = new URL(page.address(callbackPath) + page.url.search)
  const checks = { expectedState: visit.state, expectedNonce: visit.nonce, pkceCodeVerifier: visit.verifier, idTokenExpected: true }
  return vouchedFor(configuration, await authorizationCodeGrant(configuration, here, checks), provider)
}
