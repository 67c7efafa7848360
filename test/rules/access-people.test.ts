import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../../src/access/actor.ts'
import { addMember } from '../../src/access/memberships.ts'
import { createAccount } from '../../src/access/accounts.ts'
import { inEmergency, memberRoles, permissions, permissionsOf, type Permission } from '../../src/access/roles.ts'
import { confirmSession, startSession, type NewSession } from '../../src/access/sessions.ts'
import { modules } from '../../src/app.ts'
import type { Tx } from '../../src/db/tx.ts'
import { inviteGuest, removeGuest } from '../../src/domain/guests/invite-guest.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { newId } from '../../src/lib/ids.ts'
import { listMails } from '../../src/mail/index.ts'
import type { Operation } from '../../src/verbs/registry.ts'
import { runQuery, runVerb } from '../../src/verbs/run.ts'
import { visitor } from '../../src/web/arrival.ts'
import { Cookies } from '../../src/web/cookies.ts'
import { createWeb } from '../../src/web/server.ts'
import { apiKey } from '../support/visitors.ts'
import { everyOperation, everyRoute, filled, operations } from '../support/routes.ts'
import { world, type World } from '../support/world.ts'
import { listed } from './source.ts'

/* Every verb and every query, tried as everybody who could come with a browser or a key. What is entered is nonsense, so that nothing is done:
   whoever gets as far as to be told so is past the door. */
const nonsense = { 'no such field': 'nonsense' }
type Outcome = 'open' | 'confirm' | 'refused'

/** What somebody holds; `confirmed`: they showed a second factor just now. */
interface Persona { readonly holds: readonly Permission[]; readonly confirmed?: boolean; readonly cookie: string }

const anyone = permissionsOf(['anyone'])
const person = [...anyone, ...permissionsOf(['person'])]
const scribe: readonly Permission[] = ['reports.read', 'policies.write']

describe('everybody at every door', () => {
  let w: World
  const personas: Record<string, Persona> = {}

  const signedIn = async (how: Partial<NewSession>, then?: (tx: Tx, account: string) => Promise<unknown>): Promise<{ account: string; cookie: string }> => {
    const account = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: 'Somebody', address: `${newId()}@example.org` }, null)
      await then?.(tx, id)
      return id
    })
    return { account, cookie: `avow-session=${await startSession(w.database.global, account, { methods: ['password'], confirmed: true, ...how })}` }
  }
  const member = async (...roles: string[]) => signedIn({}, (tx, id) => addMember(tx, id, roles))

  before(async () => {
    w = await world()
    w.clock.set(Temporal.Now.instant())
    await w.write((tx) => tx.db.insertInto('custom_roles')
      .values({ organization_id: tx.organizationId, name: 'scribe', permissions: [...scribe], made_by: 'nobody', made_at: new Date() }).execute())
    for (const role of memberRoles) personas[role] = { ...await member(role), holds: [...person, ...permissionsOf([role])], confirmed: true }
    personas['role made here'] = { ...await member('scribe'), holds: [...person, ...scribe], confirmed: true }
    personas['signed out'] = { cookie: '', holds: anyone }
    await guests()
    await brokenSessions()
    await lost()
    await lent()
  })
  after(() => w.close())

  /** Somebody from outside holds what a visitor does and the one case, as long as they are let. */
  async function guests() {
    const { report } = await w.as('nobody').run(submitReport, { title: 'A case', description: 'Words.', steps: 'One.', good_faith: true })
    const invite = async (address: string) => {
      const { guest } = await w.as('triager').run(inviteGuest, { report, name: 'A guest', address, sees_report: true })
      const letter = (await w.read((tx) => listMails(tx))).find((mail) => mail.address === address)!
      return { guest, cookie: `avow-guest=${/guest\/([^}]+)\}/.exec(letter.body)![1]!}` }
    }
    personas['guest of a case'] = { ...await invite('guest@example.org'), holds: [...anyone, ...permissionsOf(['guest'])] }
    const removed = await invite('removed@example.org')
    await w.as('triager').run(removeGuest, { report, guest: removed.guest })
    personas['guest who was removed'] = { ...removed, holds: anyone }
  }

  async function brokenSessions() {
    const admin = (how: Partial<NewSession>) => signedIn(how, (tx, id) => addMember(tx, id, ['admin']))
    personas['not confirmed'] = { ...await admin({ confirmed: false, methods: ['password'] }), holds: [...person, ...permissionsOf(['admin'])] }
    personas['half-way session'] = { ...await admin({ stage: 'second-factor', confirmed: false }), holds: anyone }
    const expired = await admin({})
    await w.database.global.updateTable('sessions').set({ expires_at: new Date(Date.now() - 60_000) }).where('account_id', '=', expired.account).execute()
    personas['expired session'] = { ...expired, holds: anyone }
    const idle = await admin({})
    await w.database.global.updateTable('sessions').set({ seen_at: new Date(Date.now() - 30 * 86_400_000) }).where('account_id', '=', idle.account).execute()
    personas['idle session'] = { ...idle, holds: anyone }
    const replaced = await admin({})
    const { id } = await w.database.global.selectFrom('sessions').select('id').where('account_id', '=', replaced.account).executeTakeFirstOrThrow()
    await confirmSession(w.database.global, id, 'totp')
    personas['token from before a confirmation'] = { ...replaced, holds: anyone }
  }

  async function lost() {
    const disabled = await member('admin')
    await w.database.global.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', disabled.account).execute()
    personas['deactivated person'] = { ...disabled, holds: anyone }
    const left = await member('admin')
    await w.write((tx) => tx.db.updateTable('memberships').set({ ended_at: new Date() }).where('account_id', '=', left.account).execute())
    personas['person who left'] = { ...left, holds: person, confirmed: true }
    const over = await signedIn({}, (tx, id) => addMember(tx, id, ['auditor'], { endsAt: new Date(Date.now() - 60_000) }))
    personas['auditor whose last day is over'] = { ...over, holds: person, confirmed: true }
    const late = await signedIn({ confirmed: false }, (tx, id) => addMember(tx, id, ['admin']))
    await w.write((tx) => tx.db.updateTable('memberships').set({ joined_at: new Date(0) }).where('account_id', '=', late.account).execute())
    await w.database.global.updateTable('organizations').set({ second_factor_since: new Date(0) }).execute()
    personas['without a second factor after the time for it'] = { ...late, holds: person }
  }

  async function lent() {
    const day = (days: number) => Temporal.Now.plainDateISO('UTC').add({ days }).toString()
    const standIn = async (first: number, last: number, withdrawn_at: Date | null = null) => {
      const [away, delegate] = [await member('admin'), await member('member')]
      await w.write((tx) => tx.db.insertInto('absences').values({
        organization_id: tx.organizationId, id: newId(), account_id: away.account, delegate_id: delegate.account, starts_on: day(first), ends_on: day(last),
        announced_by: away.account, announced_at: new Date(), withdrawn_at,
      }).execute())
      return delegate
    }
    const asMember = [...person, ...permissionsOf(['member'])]
    personas['stands in for an administrator'] = { ...await standIn(-2, 2), holds: [...asMember, ...permissionsOf(['admin'])], confirmed: true }
    personas['stood in until some days ago'] = { ...await standIn(-9, -3), holds: asMember, confirmed: true }
    personas['stood in for somebody who is back'] = { ...await standIn(-2, 2, new Date()), holds: asMember, confirmed: true }
    const emergency = async (endsAt: number) => {
      const deputy = await member('deputy')
      await w.write((tx) => tx.db.insertInto('glass_breaks').values({
        organization_id: tx.organizationId, id: newId(), account_id: deputy.account, key_id: newId(), reason: Buffer.alloc(1), broken_at: new Date(0),
        ends_at: new Date(Date.now() + endsAt), reviewed_by: null, reviewed_at: null, justified: null,
      }).execute())
      return deputy
    }
    const asDeputy = [...person, ...permissionsOf(['deputy'])]
    personas['deputy in an emergency'] = { ...await emergency(3_600_000), holds: [...asDeputy, ...inEmergency], confirmed: true }
    personas['deputy after an emergency'] = { ...await emergency(-60_000), holds: asDeputy, confirmed: true }
  }

  const tried = async (operation: Operation, actor: Actor): Promise<Outcome> => {
    const deps = { database: w.database }
    const attempt = operation.is === 'verb'
      ? runVerb(deps, operation, actor, w.organization.id, nonsense) : runQuery(deps, operation, actor, w.organization.id, nonsense)
    const code = await attempt.then(() => 'done', (error) => error instanceof Refusal ? error.code : String(error))
    if (code === 'invalid_input') return 'open'
    if (code === 'confirmation_needed') return 'confirm'
    assert.ok(['unauthenticated', 'forbidden', 'second_factor_needed'].includes(code), `${operation.name}: ${code}`)
    return 'refused'
  }

  const arriving = ({ cookie }: Persona, wanted: Permission) =>
    visitor({ database: w.database }, modules, w.organization.id, new Cookies(new Request('http://avow.test/', { headers: { cookie } }), false), wanted)

  it('opens to everybody exactly what they hold', async () => {
    const wrong: string[] = []
    for (const [name, persona] of Object.entries(personas)) {
      const actors = new Map<Permission, Actor>()
      for (const operation of everyOperation) {
        if (!actors.has(operation.may)) actors.set(operation.may, await arriving(persona, operation.may))
        const wanted: Outcome = !persona.holds.includes(operation.may) ? 'refused' : operation.stepUp && !persona.confirmed ? 'confirm' : 'open'
        const outcome = await tried(operation, actors.get(operation.may)!)
        if (outcome !== wanted) wrong.push(`${operation.name} as ${name}: ${outcome}, not ${wanted}`)
      }
    }
    assert.deepEqual(wrong, [], listed(wrong))
  })

  it('shows no page but those for anyone to whoever holds no more', async () => {
    const app = createWeb({ database: w.database, modules, operations, log: { error: () => {} } })
    const wrong: string[] = []
    for (const [name, { cookie, holds }] of Object.entries(personas).filter(([, persona]) => persona.holds === anyone || persona.holds === person)) {
      for (const { method, path, may } of everyRoute.filter((route) => !(permissions[route.may] as readonly string[]).includes('anyone'))) {
        if (holds.includes(may) || method === 'POST') continue
        const { status } = await app.request(`http://avow.test/o/${w.organization.slug}${filled(path)}`, { headers: { cookie } })
        if (![401, 403, 404].includes(status) && !(status === 303)) wrong.push(`${path} as ${name}: ${status}`)
      }
    }
    assert.deepEqual(wrong, [], listed(wrong))
  })

  it('opens nothing to a key that was taken back, is over, or whose maker has left, and no more than it was made for', async () => {
    const app = createWeb({ database: w.database, modules, operations, log: { error: () => {} } })
    const call = async (operation: Operation, authorization: string) => {
      const url = `http://avow.test/o/${w.organization.slug}/api/v1/${operation.name.replace('.', '/')}`
      const headers = { authorization, 'content-type': 'application/json' }
      const posted = { method: 'POST', headers, body: JSON.stringify(nonsense) }
      return (await (operation.is === 'verb' ? app.request(url, posted) : app.request(`${url}?nonsense=1`, { headers }))).status
    }
    const key = (days = 1, verbs: string[] | null = null) => apiKey(w.database, w.organization.id, ['admin', 'machine'], { days, verbs })
    const [revoked, over, orphan, narrow] = [await key(), await key(-1), await key(), await key(1, ['report.list'])]
    const { account } = await signedIn({}, (tx, id) => addMember(tx, id, ['admin'], { endsAt: new Date(Date.now() - 60_000) }))
    await w.write(async (tx) => {
      await tx.db.updateTable('api_keys').set({ revoked_at: new Date() }).where('id', '=', revoked.id).execute()
      await tx.db.updateTable('api_keys').set({ created_by: account }).where('id', '=', orphan.id).execute()
    })
    const wrong: string[] = []
    for (const operation of everyOperation) {
      for (const [name, { authorization }] of Object.entries({ revoked, over, orphan })) {
        const status = await call(operation, authorization)
        if (status !== 401) wrong.push(`${operation.name} with a key that is ${name}: ${status}`)
      }
      const status = await call(operation, narrow.authorization)
      if ((status === 403) === (operation.name === 'report.list')) wrong.push(`${operation.name} with a key for report.list: ${status}`)
    }
    assert.deepEqual(wrong, [], listed(wrong))
  })
})
