import {
  allowInsecureRequests, ClientSecretBasic, ClientSecretPost, Configuration, customFetch, discovery, enableNonRepudiationChecks, type CustomFetch,
} from 'openid-client'
import { outbound, type OutboundOptions } from '../../../lib/outbound.ts'
import type { Provider } from './provider.ts'

/** What the provider says of itself is believed for so long. Its signing keys are fetched anew whenever a token names one that is unknown. */
const believedMs = 60 * 60_000
const timeoutSeconds = 10

interface Held { readonly configuredAt: number; readonly until: number; readonly configuration: Promise<Configuration> }
const held = new Map<string, Held>()

/**
 * How to talk to the provider, from its own discovery document (OpenID Connect Discovery 1.0), whose issuer has to be the one that was
 * configured. Throws what openid-client throws, or `Unreachable`.
 */
export function connectionTo(provider: Provider, reach: OutboundOptions): Promise<Configuration> {
  const { organizationId, configuredAt } = provider
  const known = held.get(organizationId)
  if (known && known.configuredAt === configuredAt.getTime() && known.until > Date.now()) return known.configuration
  const configuration = discover(provider, reach)
  held.set(organizationId, { configuredAt: configuredAt.getTime(), until: Date.now() + believedMs, configuration })
  configuration.catch(() => held.delete(organizationId))
  return configuration
}

async function discover({ issuer, clientId, clientSecret }: Provider, reach: OutboundOptions): Promise<Configuration> {
  const checks = [enableNonRepudiationChecks, ...reach.privateNetwork ? [allowInsecureRequests] : []]
  const fetch = fetchWithin(reach)
  const found = await discovery(new URL(issuer), clientId, undefined, undefined, { execute: checks, timeout: timeoutSeconds, [customFetch]: fetch })
  const server = found.serverMetadata()
  // In the body where that is taken, since providers differ in how they read the header. Absent, it is the header (Discovery, section 3).
  const inBody = server.token_endpoint_auth_methods_supported?.includes('client_secret_post') ?? false
  const configuration = new Configuration(server, clientId, undefined, inBody ? ClientSecretPost(clientSecret) : ClientSecretBasic(clientSecret))
  configuration[customFetch] = fetch
  configuration.timeout = timeoutSeconds
  for (const check of checks) check(configuration)
  return configuration
}

/** Every request of the library goes where we allow, whatever the discovery document names. */
const fetchWithin = (reach: OutboundOptions): CustomFetch => (url, { method, headers, body, signal }) =>
  outbound(url, { method, headers, body: body as string | URLSearchParams | null, ...signal && { signal } }, reach)
