import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { isSignedBy, parseCheckpoint, parseVkey, printVkey } from 'avow-verify'
import { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import { withClient } from '../db/setup.ts'
import { newSubjectKey } from '../seal/envelope.ts'
import type { Verb } from '../verbs/verb.ts'
import { world, type World } from '../../test/support/world.ts'
import { append } from './append.ts'
import { changeLogKey, reopenLog } from './change-log-key.ts'
import { reopenedAt } from './reopened.ts'
import { checkLedger } from './check-ledger.ts'
import { checkpointSpace, logChangeKey, logWitness, streamConfigure, witnessDismiss, witnessName } from './configure.ts'
import { confirmCorrection, proposeCorrection } from './correct-entry.ts'
import { eraseFacts } from './erase-facts.ts'
import { readEvents } from './events.ts'
import { listFaults, recordFault } from './faults.ts'
import { listHandovers } from './handovers.ts'
import { defineKind } from './kinds.ts'
import { sequenceAll } from './sequence.ts'
import { verifierKeyOf, listLogKeys } from './signing-keys.ts'
import { newestCheckpoint } from './storage.ts'

const kept = defineKind({ kind: 'test.kept', stream: 'people', subjects: [], marks: z.object({}), facts: z.object({ text: z.string() }), vouch: 'company' })

describe('a log that is looked after', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  const settle = () => sequenceAll(w.database, w.organization.id)
  const newest = async () => {
    await settle()
    return (await w.read(newestCheckpoint))!
  }
  const lastEvent = async () => (await w.read((tx) => readEvents(tx, 0, 1000))).at(-1)!
  const appendOne = (text = 'x', keyId?: string) => w.write((tx) => append(tx, kept, { subjects: {}, marks: {}, facts: { text }, ...(keyId && { keyId }) }))

  it('takes a new key, which the old one names in a state that it signs', async () => {
    const { vkey } = await w.as('admin').run(logChangeKey, {})
    await settle()
    await appendOne()
    const { size, note } = await newest()
    assert.ok(await isSignedBy(parseVkey(vkey), parseCheckpoint(note).note))
    const [first, second] = await w.read((tx) => listHandovers(tx, size))
    assert.equal(second!.vkey, vkey)
    const handover = parseCheckpoint(second!.checkpoint!)
    assert.ok(await isSignedBy(parseVkey(first!.vkey), handover.note))
    assert.ok(handover.size > second!.index!)
    assert.deepEqual((await w.read((tx) => readEvents(tx, second!.index!, 1)))[0]!.facts, { vkey })
  })

  it('is corrected by two people, and shows the reason', async () => {
    await appendOne()
    const { size } = await newest()
    const [one, other] = [w.as('admin'), w.as('admin')]
    await seat(one.actor, other.actor)
    await one.run(proposeCorrection, { index: size - 1, reason: 'This happened in another system.' })
    await assert.rejects(one.run(confirmCorrection, { index: size - 1 }), { code: 'correction_needs_second_person' })
    await other.run(confirmCorrection, { index: size - 1 })
    await assert.rejects(other.run(confirmCorrection, { index: size - 1 }), { code: 'correction_already_confirmed' })
    await settle()
    const { kind, marks, facts } = await lastEvent()
    assert.deepEqual([kind, marks.corrects], ['entry.corrected', String(size - 1)])
    assert.deepEqual(facts, { corrects: size - 1, reason: 'This happened in another system.', approvals: 2 })
  })

  /** Makes accounts for two made-up people, who both may correct. */
  async function seat(...actors: Actor[]): Promise<void> {
    await withClient(w.url('postgres'), async (client) => {
      await client.query('set session_replication_role = replica')
      for (const actor of actors) {
        if (actor.kind !== 'member') throw new Error('only a person has a seat')
        await client.query(`insert into avow.memberships (organization_id, account_id, roles, joined_at) values ($1, $2, '{admin}', now())`,
          [w.organization.id, actor.accountId])
      }
    })
  }

  it('refuses to correct what is not there', async () => {
    await assert.rejects(w.as('admin').run(proposeCorrection, { index: 1_000_000, reason: 'There is nothing there.' }), { code: 'not_found' })
  })

  it('says that facts were erased, not whose', async () => {
    const keyId = await w.write((tx) => newSubjectKey(tx, 'report', tx.newId()))
    await appendOne('to go', keyId)
    await appendOne('to go too', keyId)
    await settle()
    await w.write((tx) => eraseFacts(tx, keyId, 'request'))
    await settle()
    assert.deepEqual((await lastEvent()).facts, { entries: 2, reason: 'request' })
    assert.deepEqual((await checkLedger(w.database, w.organization.id)).erased, 2)
  })

  it('names and dismisses witnesses in the log', async () => {
    const { witness_vkey: vkey } = await w.as('admin').run(logWitness, { vkey: printVkey(verifierKeyOf((await w.read(listLogKeys))[0]!)) })
    await w.as('admin').run(witnessName, { vkey: vkey!, url: 'https://witness.example/avow/' })
    await w.as('admin').run(witnessDismiss, { vkey: vkey! })
    await assert.rejects(w.as('admin').run(witnessDismiss, { vkey: vkey! }), { code: 'witness_unknown' })
    await assert.rejects(w.as('admin').run(witnessName, { vkey: 'no key', url: 'https://witness.example' }), { code: 'invalid_input' })
    await settle()
    assert.equal((await lastEvent()).kind, 'witness.dismissed')
  })

  it('is not configured by whoever may not', async () => {
    for (const verb of [streamConfigure, checkpointSpace, logChangeKey, logWitness, proposeCorrection] as Verb<any>[]) {
      await assert.rejects(w.as('member').run(verb, {}), { code: 'forbidden' }, verb.name)
    }
  })

  it('asks for the days of a delay', async () => {
    await assert.rejects(w.as('admin').run(streamConfigure, { stream: 'people', opens: 'delayed' }), { code: 'delay_missing' })
    await w.as('admin').run(streamConfigure, { stream: 'people', opens: 'delayed', delay_days: 30 })
    await settle()
    assert.partialDeepStrictEqual((await lastEvent()).facts, { stream: 'people', opens: 'delayed', delay_days: 30 })
  })
})

describe('a log that lost its end', () => {
  let w: World
  before(async () => { w = await world() })
  after(() => w.close())

  it('goes on under a new name, and names the last state of the old one', async () => {
    const organization = w.organization.id
    await w.write((tx) => append(tx, kept, { subjects: {}, marks: {}, facts: { text: 'kept' } }))
    await sequenceAll(w.database, organization)
    const before = (await w.read(newestCheckpoint))!
    await assert.rejects(w.write((tx) => reopenLog(tx, before.note)), { code: 'nothing_lost' })
    assert.equal(await w.read(reopenedAt), null)
    await w.write((tx) => append(tx, kept, { subjects: {}, marks: {}, facts: { text: 'lost' } }))
    await sequenceAll(w.database, organization)
    const { note: lost } = (await w.read(newestCheckpoint))!
    await withClient(w.url('postgres'), (client) => client.query(`set session_replication_role = replica;
      delete from avow.checkpoints where size > ${before.size}; delete from avow.leaves where index >= ${before.size};
      delete from avow.entries where id not in (select entry_id from avow.leaves) and organization_id = '${organization}'`))
    await w.write((tx) => recordFault(tx, 'a witness says so'))

    const key = await w.write((tx) => reopenLog(tx, lost))
    assert.deepEqual(await listFaults(w.database), [])
    await sequenceAll(w.database, organization)
    const after = parseCheckpoint((await w.read(newestCheckpoint))!.note)
    assert.ok(await isSignedBy(key, after.note))
    assert.equal(after.origin, 'example.invalid/organization-1#2')
    const [reopened] = await w.read((tx) => readEvents(tx, before.size, 1))
    assert.deepEqual([reopened!.kind, reopened!.facts], ['log.reopened', { vkey: printVkey(key), lost }])
    assert.equal((await w.read(reopenedAt))?.epochMilliseconds, reopened!.at)
    assert.deepEqual((await w.read((tx) => listHandovers(tx, after.size))), [{ vkey: printVkey(key) }])
  })

  it('does not go on by mistake: a state that the log never signed is refused', async () => {
    const { note } = (await w.database.read(w.organization.id, newestCheckpoint))!
    await w.write((tx) => changeLogKey(tx))
    await assert.rejects(w.write((tx) => reopenLog(tx, note.replace('organization', 'organisation'))), { code: 'invalid_input' })
  })
})
