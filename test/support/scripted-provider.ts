import { createPublicKey, generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ScriptedProvider {
  readonly issuer: string
  /** What the ID token says beside what it has to; `iss`, `aud` and `nonce` win over the right ones. */
  claims: Record<string, unknown>
  /** What the discovery document says beside what it has to. */
  metadata: Record<string, unknown>
  /** The key that signs; another than the published one is a forger's. */
  signing: KeyObject
  /** Every request that reached the token endpoint: its form. */
  readonly asked: URLSearchParams[]
  readonly authorizations: (string | undefined)[]
  close(): Promise<void>
}

const clientId = 'avow-test'
export const scriptedClient = { client_id: clientId, client_secret: 'not-really-a-secret' }

/** An OpenID provider that says whatever a test wants it to, for what a real one would never say. */
export async function scriptedProvider(): Promise<ScriptedProvider> {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const published = { ...createPublicKey(privateKey).export({ format: 'jwk' }), kid: 'one', use: 'sig', alg: 'RS256' }
  const asked: URLSearchParams[] = []
  const authorizations: (string | undefined)[] = []
  const answer = async (path: string, body: string): Promise<object | null> => {
    if (path === '/.well-known/openid-configuration') return discovery(provider)
    if (path === '/jwks') return { keys: [published] }
    if (path !== '/token') return null
    asked.push(new URLSearchParams(body))
    return { access_token: 'at', token_type: 'Bearer', id_token: idToken(provider) }
  }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    if (request.url === '/token') authorizations.push(request.headers.authorization)
    const found = await answer(request.url ?? '', body)
    response.writeHead(found ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(found))
  })
  await new Promise<void>((ready) => { server.listen(0, '127.0.0.1', ready) })
  const provider: ScriptedProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, claims: {}, metadata: {}, signing: privateKey, asked, authorizations,
    close: () => new Promise((done) => { server.close(() => done()); server.closeAllConnections() }),
  }
  return provider
}

const discovery = ({ issuer, metadata }: ScriptedProvider) => ({
  issuer, authorization_endpoint: `${issuer}/authorize`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, response_types_supported: ['code'],
  subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['RS256'], authorization_response_iss_parameter_supported: true, ...metadata,
})

function idToken({ issuer, claims, signing }: ScriptedProvider): string {
  const now = Math.floor(Date.now() / 1000)
  const payload = { iss: issuer, aud: clientId, iat: now, exp: now + 300, ...claims }
  const signed = [{ alg: 'RS256', kid: 'one' }, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')
  return `${signed}.${sign('sha256', Buffer.from(signed), signing).toString('base64url')}`
}

/** Somebody else's key. */
export const foreignKey = (): KeyObject => generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey

export const newSubject = (): string => randomBytes(9).toString('base64url')
