import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Provider, type Configuration } from 'oidc-provider'

/** What the provider says of one of its people. */
export interface Person { readonly email: string; readonly email_verified?: boolean; readonly name: string; readonly groups?: readonly string[] }

export interface IdentityProvider {
  readonly issuer: string
  readonly client: { readonly client_id: string; readonly client_secret: string }
  close(): Promise<void>
}

/** A certified OpenID provider on this machine. Its sign-in page asks for a name and nothing else; `people` says who there are. */
export async function identityProvider(redirectUri: string, people: Readonly<Record<string, Person>>): Promise<IdentityProvider> {
  const client = { client_id: 'avow', client_secret: 'only-for-a-test-of-single-sign-on' }
  const server = createServer()
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    ...configuration(people),
    clients: [{ ...client, redirect_uris: [redirectUri], post_logout_redirect_uris: [redirectUri.replace(/\/sign-in\/.*/, '/')] }],
  })
  server.on('request', (request, response) => void served(provider, request, response))
  return { issuer, client, close: () => new Promise((done) => { server.close(() => done()); server.closeAllConnections() }) }
}

const configuration = (people: Readonly<Record<string, Person>>): Configuration => ({
  features: { devInteractions: { enabled: false } },
  cookies: { keys: ['a test'] },
  scopes: ['openid', 'email', 'profile', 'groups'],
  claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'], groups: ['groups'] },
  pkce: { required: () => true },
  interactions: { url: (_ctx, { uid }) => `/interaction/${uid}` },
  findAccount: (_ctx, sub) => people[sub] && { accountId: sub, claims: () => ({ sub, email_verified: true, ...people[sub] }) as never },
  // Nobody is asked what they consent to: the organisation runs its own provider.
  async loadExistingGrant(ctx) {
    const grant = new ctx.oidc.provider.Grant({ clientId: ctx.oidc.client!.clientId, accountId: ctx.oidc.session!.accountId! })
    grant.addOIDCScope('openid email profile groups')
    await grant.save()
    return grant
  },
})

async function served(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (!request.url?.startsWith('/interaction/')) return void provider.callback()(request, response)
  if (request.method === 'GET') return void response.setHeader('content-type', 'text/html').end(signInPage)
  let body = ''
  for await (const chunk of request) body += String(chunk)
  const fields = new URLSearchParams(body)
  const result = fields.has('cancel') ? { error: 'access_denied' } : { login: { accountId: fields.get('name') ?? '' } }
  await provider.interactionFinished(request, response, result)
}

const signInPage = `<!doctype html><html lang="en"><title>Example login</title><h1>Example login</h1><form method="post">
<label>Name <input name="name"></label><button>Go on</button><button name="cancel" value="yes">Cancel</button></form>`
