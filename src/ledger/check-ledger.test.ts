import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { z } from 'zod'
import { withClient } from '../db/setup.ts'
import { world, type World } from '../../test/support/world.ts'
import { append } from './append.ts'
import { checkLedger } from './check-ledger.ts'
import { defineKind } from './kinds.ts'
import { sequenceAll } from './sequence.ts'

const tampered = defineKind({
  kind: 'test.tampered', stream: 'disclosure', subjects: ['report'], marks: z.object({ by: z.enum(['human', 'machine']) }),
  facts: z.object({ text: z.string() }), vouch: 'both',
})

/** Every column that says something of the ledger, and a change of its value by as little as it can be changed. */
const flipBytes = (column: string) => `${column} = set_byte(${column}, octet_length(${column}) / 2, get_byte(${column}, octet_length(${column}) / 2) # 1)`
const flipFirst = (column: string) => `${column} = set_byte(${column}, 0, get_byte(${column}, 0) # 1)`
const changes: Record<string, string[]> = {
  'entries where kind = \'test.tampered\'': [
    flipBytes('seed'), flipFirst('seed'), flipBytes('seal'), flipBytes('facts'), flipFirst('facts'), 'kind = \'test.tempered\'', 'stream = \'people\'',
    'cases = \'{"report":"x"}\'', 'cases = \'{}\'', 'marks = marks || \'{"by":"machine"}\'', 'marks = marks - \'vouch\'', 'actor = \'member:x\'',
    'created_at = created_at + interval \'1 ms\'', 'key_id = null',
  ],
  'entries where kind = \'stream.configured\'': [
    flipBytes('facts'), 'facts = convert_to(replace(convert_from(facts, \'utf8\'), \'delay_days\', \'delay_hours\'), \'utf8\')',
    'facts = facts || \'\\x20\'', 'seed = sha256(seed)',
  ],
  'leaves where index = 5': [flipBytes('leaf'), flipFirst('leaf'), flipBytes('hash'), 'at_ms = at_ms + 1', 'at_ms = at_ms - 1', 'index = 99999'],
  'tiles': [flipBytes('hashes'), flipFirst('hashes'), flipBytes('root'), 'level = 1', 'index = 7'],
  'checkpoints where size = (select max(size) from avow.checkpoints)': [
    flipBytes('root'), 'at_ms = at_ms + 1', 'size = size + 1', 'previous_size = previous_size - 1', 'note = overlay(note placing \'X\' from 3)',
    'note = overlay(note placing \'X\' from length(note) - 20)', 'note = note || E\'— x AAAAAAA=\\n\'',
  ],
  'signing_keys': [flipBytes('public_key'), flipBytes('private_key'), 'name = name || \'x\'', 'created_at = created_at + interval \'1 s\'', 'from_size = 1'],
}
const removals = [
  'leaves where index = 5', 'leaves where index = (select max(index) from avow.leaves)', 'tiles',
  'checkpoints where size = (select min(size) from avow.checkpoints)',
  'checkpoints where size = (select max(size) from avow.checkpoints)',
]

describe('checkLedger', () => {
  let w: World
  before(async () => {
    w = await world()
    for (let batch = 0; batch < 3; batch++) {
      await w.write(async (tx) => {
        for (let i = 0; i < 100; i++) await append(tx, tampered, { subjects: { report: tx.newId() }, marks: { by: 'human' }, facts: { text: `report ${i}` } })
      })
      await sequenceAll(w.database, w.organization.id)
    }
  })
  after(() => w.close())

  it('finds nothing wrong with what Avow wrote', async () => {
    const { size, problems } = await checkLedger(w.database, w.organization.id)
    assert.deepEqual(problems, [])
    assert.ok(size > 300)
  })

  /** As a superuser, with triggers and foreign keys off. The change is taken back afterwards. */
  async function afterTampering(statement: string): Promise<readonly string[]> {
    return withClient(w.url('postgres'), async (client) => {
      const tables = ['entries', 'leaves', 'tiles', 'checkpoints', 'signing_keys', 'pending']
      await client.query('set session_replication_role = replica')
      for (const table of tables) await client.query(`create temp table kept_${table} as table avow.${table}`)
      const { rowCount } = await client.query(statement)
      assert.ok(rowCount, 'the statement changed nothing')
      try { return (await checkLedger(w.database, w.organization.id)).problems } finally {
        for (const table of tables) {
          await client.query(`delete from avow.${table}; insert into avow.${table} overriding system value table kept_${table}; drop table kept_${table}`)
        }
      }
    })
  }

  for (const [rows, sets] of Object.entries(changes)) {
    const [table, condition] = [rows.split(' ')[0]!, rows.slice(rows.split(' ')[0]!.length)]
    for (const set of sets) {
      it(`notices ${set} in ${table}`, async () => {
        const where = `ctid = (select ctid from avow.${table} ${condition ? `${condition} and` : 'where'} organization_id = '${w.organization.id}' limit 1)`
        assert.notDeepEqual(await afterTampering(`update avow.${table} set ${set} where ${where}`), [])
      })
    }
  }

  for (const rows of removals) {
    it(`notices that a row of ${rows} is gone`, async () => {
      const [table, ...condition] = rows.split(' ')
      const where = condition.length > 0 ? `${condition.join(' ')} and` : 'where'
      assert.notDeepEqual(await afterTampering(`delete from avow.${table} ${where} organization_id = '${w.organization.id}'`), [])
    })
  }
})
