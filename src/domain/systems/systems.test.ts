import assert from 'node:assert/strict'
import { generateKeyPairSync, sign } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { canonical, utf8 } from 'avow-verify'
import { addMember } from '../../access/memberships.ts'
import { createAccount } from '../../access/accounts.ts'
import { passwordRules } from '../../access/password-rules.ts'
import { isStrongHash } from '../../access/passwords.ts'
import { standings } from '../../commitments/index.ts'
import { readEvents, sequenceAll } from '../../ledger/index.ts'
import { Forbidden, Invalid, NotFound, Refused } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Tx } from '../../db/tx.ts'
import { organizationKey } from '../../seal/envelope.ts'
import { world, type World } from '../../../test/support/world.ts'
import { addSystem, retireSystem } from './add-system.ts'
import { lookAtContact } from './checks/contact.ts'
import { lookAtEncryption } from './checks/encryption-at-rest.ts'
import { lookAtPasswordHashing } from './checks/password-hashing.ts'
import { lookAtPasswordRules } from './checks/password-rules.ts'
import { runChecks } from './checks/run-checks.ts'
import { connectAvow } from './connect-avow.ts'
import { approveImport, importEvidence } from './import-evidence.ts'
import { systems } from './index.ts'
import { listSystemsQuery } from './list-systems.ts'
import { recordCheck } from './record-check.ts'
import { recordEvidence } from './record-evidence.ts'
import { registerSource } from './register-source.ts'
import { setCalendar } from './set-calendar.ts'

let w: World
before(async () => { w = await world() })
after(() => w.close())

const events = async () => {
  await sequenceAll(w.database, w.organization.id)
  return w.read((tx) => readEvents(tx, 0, 1000))
}
const latest = async () => (await events()).at(-1)!
const refused = (code: string) => (error: unknown) => error instanceof Refused && error.code === code
const keys = generateKeyPairSync('ed25519')
const publicKey = Buffer.from(keys.publicKey.export({ format: 'jwk' }).x!, 'base64url').toString('base64')

function signed(over: Record<string, string> = {}) {
  const result = { check: 'sso', system: 'web-app', result: 'passed', observed_at: w.clock.now().toString(), nonce: newId(), ...over }
  return { ...result, source: 'scanner', signature: sign(null, utf8(canonical(result)), keys.privateKey).toString('base64') }
}

describe('systems', () => {
  it('are listed once, and retired with a reason', async () => {
    await w.as('admin').run(addSystem, { slug: 'web-app', title: 'The web app' })
    await assert.rejects(w.as('admin').run(addSystem, { slug: 'web-app', title: 'Again' }), refused('system_already_listed'))
    await w.as('admin').run(addSystem, { slug: 'old-app', title: 'The old app' })
    await w.as('admin').run(retireSystem, { slug: 'old-app', reason: 'Nobody uses it.' })
    await assert.rejects(w.as('admin').run(retireSystem, { slug: 'old-app', reason: 'Twice.' }), NotFound)
    await assert.rejects(w.as('member').run(addSystem, { slug: 'mine', title: 'Mine' }), Forbidden)
    assert.deepEqual((await latest()).marks, { system: 'old-app', vouch: 'company' })
  })

  it('have Avow among them from the start, which says what it feeds once and when that changes', async () => {
    const connected = async () => (await events()).filter(({ kind }) => kind === 'source.connected')
    await connectAvow(w.database, w.organization.id, systems.verbs)
    await connectAvow(w.database, w.organization.id, systems.verbs)
    assert.equal((await connected()).length, 1)
    assert.ok((await connected())[0]!.facts!.kinds)
    const kinds = (await connected())[0]!.facts!.kinds as string[]
    assert.ok(kinds.includes('calendar.set') && kinds.includes('check.tls') && !kinds.includes('backup.completed') && !kinds.includes('check.sso'))
    await connectAvow(w.database, w.organization.id, [])
    assert.equal((await connected()).length, 2)
  })
})

describe('a signed check result', () => {
  before(() => w.as('admin').run(registerSource, { slug: 'scanner', title: 'Scanner', kinds: ['check.sso'], vouch: 'machine', public_key: publicKey }))

  it('counts as the machine’s that signed it', async () => {
    await w.as('machine').run(recordCheck, signed())
    const { kind, marks } = await latest()
    assert.deepEqual([kind, marks], ['check.sso', { result: 'passed', system: 'web-app', vouch: 'machine' }])
    const { systems: listed } = await w.as('auditor').ask(listSystemsQuery, {})
    assert.deepEqual(listed.find(({ slug }) => slug === 'web-app')?.checks.map(({ check, passed }) => [check, passed]), [['sso', true]])
  })

  it('is refused a second time', async () => {
    const once = signed()
    await w.as('machine').run(recordCheck, once)
    await assert.rejects(w.as('machine').run(recordCheck, once), refused('check_already_recorded'))
  })

  it('is refused when anything in it was changed', async () => {
    for (const change of [{ result: 'failed' }, { system: 'avow' }, { nonce: newId() }]) {
      await assert.rejects(w.as('machine').run(recordCheck, { ...signed(), ...change }), refused('check_not_signed'), JSON.stringify(change))
    }
    await assert.rejects(w.as('machine').run(recordCheck, { ...signed(), source: 'nobody' }), refused('check_not_signed'))
  })

  it('is refused for a system that nobody listed, another check, and a time long past or to come', async () => {
    await assert.rejects(w.as('machine').run(recordCheck, signed({ system: 'elsewhere' })), NotFound)
    await assert.rejects(w.as('machine').run(recordCheck, signed({ check: 'unheard-of' })), Invalid)
    await assert.rejects(w.as('machine').run(recordCheck, signed({ check: 'logging' })), refused('check_not_of_source'))
    for (const hours of [-25, 1]) {
      await assert.rejects(w.as('machine').run(recordCheck, signed({ observed_at: w.clock.now().add({ hours }).toString() })), refused('check_out_of_time'))
    }
  })
})

describe('evidence', () => {
  it('of a practice is recorded as the company’s word, unless the source itself tells it', async () => {
    await w.as('admin').run(recordEvidence, { kind: 'backup.completed', subjects: { system: 'web-app' } })
    assert.equal((await latest()).marks.vouch, 'company')
    const machine = w.as('machine')
    const id = machine.actor.kind === 'machine' ? machine.actor.keyId : ''
    await w.as('admin').run(registerSource, { slug: 'backups', title: 'Backups', kinds: ['backup.completed'], vouch: 'machine', api_key: id })
    await machine.run(recordEvidence, { kind: 'backup.completed', subjects: { system: 'web-app' }, source: 'backups' })
    assert.equal((await latest()).marks.vouch, 'machine')
    const told = { subjects: { system: 'web-app' }, source: 'backups' }
    await assert.rejects(w.as('machine').run(recordEvidence, { kind: 'backup.completed', ...told }), refused('source_not_yours'))
    await assert.rejects(machine.run(recordEvidence, { kind: 'restore.drilled', ...told }), refused('kind_not_of_source'))
  })

  it('has to be about what its kind is about', async () => {
    const admin = w.as('admin')
    for (const wrong of [
      { kind: 'backup.completed' }, { kind: 'vendor.reviewed', subjects: { person: 'x' } }, { kind: 'report.received', subjects: { report: 'x' } },
      { kind: 'finding.opened', subjects: { finding: 'f' }, marks: { severity: 'dreadful' } },
    ]) {
      await assert.rejects(admin.run(recordEvidence, wrong), Invalid, JSON.stringify(wrong))
    }
  })

  it('from before Avow is imported once, by two people where there are two', async () => {
    const [first, second] = [await adminOf('Ada'), await adminOf('Bo')]
    const rows = [{ kind: 'pentest.completed', subjects: { assessment: '2025' }, effective_at: '2025-09-01T09:00:00Z' }]
    const { import: id, recorded } = await w.as(first).run(importEvidence, { rows })
    assert.equal(recorded, false)
    await assert.rejects(w.as(first).run(approveImport, { import: id }), refused('second_person_needed'))
    await w.as(second).run(approveImport, { import: id })
    assert.deepEqual((await latest()).marks, { vouch: 'company', opening: 'yes', effective_at: '2025-09-01T09:00:00Z' })
    await assert.rejects(w.as(second).run(importEvidence, { rows }), refused('evidence_already_imported'))
  })
})

async function adminOf(name: string) {
  const accountId = await createAccount(w.database.global, w.keyring, { name, address: `${name}@example.invalid` }, 'correct horse battery staple')
  await w.write((tx) => addMember(tx, accountId, ['admin']))
  return { kind: 'member' as const, accountId, personName: name, roles: ['admin'] as const, confirmed: true }
}

describe('a check of our own', () => {
  it('tells strong password hashes from weak ones, and looks at the stored ones', async () => {
    assert.equal(isStrongHash('$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g'), true)
    const weak = ['$argon2i$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', '$argon2id$v=19$m=4096,t=2,p=1$c2FsdA$aGFzaA', '$2b$12$abc', 'secret']
    assert.deepEqual(weak.filter(isStrongHash), [])
    assert.equal((await w.read(lookAtPasswordHashing))?.passed, true)
  })

  it('tries the rules for passwords, and counts those that are not known to meet them', async () => {
    const before = await w.read(lookAtPasswordRules)
    assert.match(before.detail, /passwords of the team are not known to meet these rules/)
    await w.database.global.updateTable('accounts').set({ password_rules: passwordRules }).execute()
    const { passed, detail } = await w.read(lookAtPasswordRules)
    assert.ok(passed, detail)
    assert.ok(Number(/none of (\d+) common ones/.exec(detail)![1]) >= 100_000)
  })

  it('finds what is stored sealed, and a box that is none', async () => {
    assert.deepEqual((await w.read(lookAtEncryption)).passed, true)
    const failing = w.write(async (tx) => {
      await tx.db.insertInto('mails').values(await plainMail(tx)).execute()
      const look = await lookAtEncryption(tx)
      throw new Error(look.detail)
    })
    await assert.rejects(failing, /mails\.(recipient|body) holds something that is not sealed/)
  })

  it('says what does not answer, as data', async () => {
    const { passed, detail } = await lookAtContact({ base: 'http://127.0.0.1:9', mailbox: 'smtp://127.0.0.1:9', nowMs: 0 })
    assert.equal(passed, false)
    assert.match(detail, /ECONNREFUSED/)
  })

  it('records for the system Avow alone what it saw', async () => {
    await connectAvow(w.database, w.organization.id, systems.verbs)
    await runChecks(w.database, w.organization.id, { kind: 'system', job: 'checks.look' }, { baseOf: async () => 'http://127.0.0.1:9' })
    const seen = (await events()).filter(({ kind, marks }) => kind.startsWith('check.') && marks.system === 'avow')
    assert.deepEqual(Object.fromEntries(seen.map(({ kind, marks }) => [kind, marks.result])), {
      'check.tls': 'failed', 'check.contact': 'failed', 'check.password-hashing': 'passed', 'check.password-rules': 'passed',
      'check.second-factor': 'passed', 'check.encryption-at-rest': 'passed', 'check.roles-assigned': 'passed',
    })
  })
})

it('a calendar that nobody could count by is refused', async () => {
  await w.as('admin').run(setCalendar, { zone: 'Europe/Lisbon', workdays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] })
  assert.deepEqual((await latest()).facts, { zone: 'Europe/Lisbon', workdays: [1, 2, 3, 4, 5], holidays: ['2026-12-25'] })
  await assert.rejects(w.as('admin').run(setCalendar, { zone: 'Moon/Crater', workdays: [1] }), Invalid)
  await assert.rejects(w.as('admin').run(setCalendar, { zone: 'UTC', workdays: [] }), {
    fields: { workdays: 'Choose at least one workday: deadlines in business days need one.' },
  })
  assert.equal((await standings(w.database, w.organization.id)).standings.length, 0)
})

const plainMail = async (tx: Tx) => ({
  organization_id: tx.organizationId, id: tx.newId(), key_id: await organizationKey(tx), recipient: Buffer.from('somebody@example.invalid'), subject: 'News',
  body: Buffer.from('As plain as can be, and long enough for a box.'), state: 'held' as const, attempts: 0, error: null, created_at: new Date(), sent_at: null,
})
