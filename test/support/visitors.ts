import { randomBytes } from 'node:crypto'
import { createAccount } from '../../src/access/accounts.ts'
import { addMember } from '../../src/access/memberships.ts'
import type { Role } from '../../src/access/roles.ts'
import { startSession } from '../../src/access/sessions.ts'
import { newToken, tokenHash } from '../../src/access/tokens.ts'
import type { Database } from '../../src/db/database.ts'
import { Cookies } from '../../src/web/cookies.ts'
import { csrfToken } from '../../src/web/csrf.ts'
import type { createWeb } from '../../src/web/server.ts'

/** The web application, or anything else that answers requests. */
export type App = Pick<ReturnType<typeof createWeb>, 'request'>

/** Somebody with a browser, or with a key. Paths are paths of the organisation. */
export interface Visitor {
  readonly account?: string
  get(path: string): Promise<Response>
  /** A form post with its token; `body` may be empty. */
  post(path: string, body?: Record<string, string>): Promise<Response>
}

export interface Place { readonly app: App; readonly database: Database; readonly slug: string }

/** A browser with these cookies and no more. */
export function browser({ app, slug }: Place, cookie = `avow-visitor=${newToken()}`): Visitor {
  const url = (path: string) => `http://avow.test/o/${slug}${path}`
  const request = (path: string, init: RequestInit = {}) => Promise.resolve(app.request(url(path), { ...init, headers: { cookie } }))
  const csrf = csrfToken(new Cookies(new Request(url('/'), { headers: { cookie } }), false))
  return { get: request, post: (path, body = {}) => request(path, { method: 'POST', body: new URLSearchParams({ csrf, ...body }) }) }
}

/** A member of the organisation, signed in. */
export async function member(place: Place, organizationId: string, roles: readonly Role[]): Promise<Visitor> {
  const { database } = place
  const address = `${randomBytes(8).toString('hex')}@example.org`
  const account = await database.write(organizationId, async (tx) => {
    const id = await createAccount(tx.db, tx.keyring, { name: `The ${roles.join(' and ')}`, address }, randomBytes(16).toString('hex'))
    await addMember(tx, id, roles)
    return id
  })
  return { account, ...browser(place, `avow-session=${await startSession(database.global, account, { methods: ['password', 'totp'], confirmed: true })}`) }
}

interface KeyTerms { verbs?: string[] | null; days?: number; assistant?: boolean }

/** A key of the organisation. */
export function apiKey(
  database: Database, organizationId: string, roles: readonly Role[], { verbs = null, days = 1, assistant = false }: KeyTerms = {},
): Promise<{ id: string; authorization: string }> {
  return database.write(organizationId, async (tx) => {
    const token = `avow_${newToken()}`
    const [id, now] = [tx.newId(), tx.now.epochMilliseconds]
    await tx.db.insertInto('api_keys').values({
      organization_id: organizationId, id, token_hash: tokenHash(token), name: 'A key', roles: [...roles], verbs, assistant,
      created_by: null, created_at: new Date(now), expires_at: new Date(now + days * 86_400_000), revoked_at: null,
    }).execute()
    return { id, authorization: `Bearer ${token}` }
  })
}
