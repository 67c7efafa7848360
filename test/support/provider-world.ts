import { operations } from './routes.ts'
import { newSubject, scriptedClient, scriptedProvider, type ScriptedProvider } from './scripted-provider.ts'
import { world, type World } from './world.ts'
import { createAccount } from '../../src/access/accounts.ts'
import type { Member } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { modules } from '../../src/app.ts'
import { configureProvider } from '../../src/domain/accounts/single-sign-on/configure-provider.ts'
import { claimDomain } from '../../src/domain/accounts/single-sign-on/domains.ts'
import { lookAtDomains } from '../../src/domain/accounts/single-sign-on/look-at-domains.ts'
import { readSingleSignOn } from '../../src/domain/accounts/single-sign-on/read-single-sign-on.ts'
import { createWeb } from '../../src/web/server.ts'

/** The password of everybody who has one. */
export const password = 'correct horse battery staple'

export interface Visit { gone: Response; address: URL; back: Response; text: string; session: string }

export interface ProviderWorld {
  readonly w: World
  readonly provider: ScriptedProvider
  readonly app: ReturnType<typeof createWeb>
  /** Ada, ada@example.org, who has a password. */
  readonly admin: Member
  url(path: string, slug?: string): string
  newMember(address: string, roles: readonly string[], organization?: { id: string }): Promise<string>
  configure(more: { trusts_second_factor?: boolean; client_secret?: string }): Promise<unknown>
  /** Claims the domain if need be, and looks for its record, which is there or not. */
  prove(domain: string, there?: boolean): Promise<void>
  /** Goes to the provider, which says `claims`, and comes back; `returned` changes what the browser brings back. */
  visit(claims: Record<string, unknown>, returned?: Record<string, string>, to?: string): Promise<Visit>
  /** Somebody new of the domain example.org, as the provider tells of them. */
  grace(): { sub: string; email: string; email_verified: boolean; name: string }
  close(): Promise<void>
}

/** An organisation with the domain example.org and a provider that says whatever a test wants it to. */
export async function providerWorld(): Promise<ProviderWorld> {
  const w = await world()
  const provider = await scriptedProvider()
  const app = createWeb({ database: w.database, modules, operations, privateNetwork: true, log: { error: console.error } })
  const newMember: ProviderWorld['newMember'] = (address, roles, organization = w.organization) => w.database.write(organization.id, async (tx) => {
    const id = await createAccount(tx.db, tx.keyring, { name: address.split('@')[0]!, address }, password)
    await addMember(tx, id, roles)
    return id
  })
  const admin: Member = { kind: 'member', accountId: await newMember('ada@example.org', ['admin']), personName: 'Ada', roles: ['admin'], confirmed: true }
  const url = (path: string, slug = w.organization.slug) => `http://avow.test/o/${slug}${path}`

  const self: ProviderWorld = {
    w, provider, app, admin, url, newMember,
    configure(more) {
      w.clock.advance({ seconds: 1 })
      return w.as(admin).run(configureProvider, { name: 'Example login', issuer: provider.issuer, client_id: scriptedClient.client_id, ...more })
    },
    async prove(domain, there = true) {
      const known = (await w.as(admin).ask(readSingleSignOn, {})).domains.find((one) => one.domain === domain)
      const record = known?.record ?? (await w.as(admin).run(claimDomain, { domain })).record
      await lookAtDomains(w.database, w.organization.id, { kind: 'system', job: 'test' }, async (name) => there && name === record.name ? [[record.text]] : [])
    },
    async visit(claims, returned = {}, to = '/desk/policies') {
      const gone = await app.request(url(`/sign-in/provider/go?to=${encodeURIComponent(to)}`))
      const address = new URL(gone.headers.get('location') ?? 'about:blank')
      provider.claims = { nonce: address.searchParams.get('nonce'), ...claims }
      const query = new URLSearchParams({ code: 'c', state: address.searchParams.get('state') ?? '', iss: provider.issuer, ...returned })
      const back = await app.request(url(`/sign-in/provider/callback?${query}`), { headers: { cookie: cookieOf(gone, 'avow-provider-visit') } })
      return { gone, address, back, text: await back.clone().text(), session: cookieOf(back, 'avow-session') }
    },
    grace: () => ({ sub: newSubject(), email: `grace-${newSubject().toLowerCase()}@example.org`, email_verified: true, name: 'Grace Okoro' }),
    async close() {
      await provider.close()
      await w.close()
    },
  }
  await self.configure({ trusts_second_factor: true, client_secret: scriptedClient.client_secret })
  await self.prove('example.org')
  return self
}

const cookieOf = (response: Response, name: string): string =>
  response.headers.getSetCookie().map((one) => one.split(';')[0]!).find((one) => one.startsWith(`${name}=`)) ?? ''
