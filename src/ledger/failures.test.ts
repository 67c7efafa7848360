import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { isSignedBy, leafHash, leafBytes, parseCheckpoint, parseReceiptExtra, parseTlogProof, parseVkey, verifyInclusion } from 'avow-verify'
import { sql } from 'kysely'
import { inside, instance, trusts, witnessed, type Instance } from '../../test/support/instance.ts'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { append } from './append.ts'
import { checkLedger } from './check-ledger.ts'
import { readEvents } from './events.ts'
import { awaitReceipt } from './receipts.ts'
import { sequenceBatch, sequenceAll, type Remembered } from './sequence.ts'
import { newestCheckpoint } from './storage.ts'
import { askWitnesses } from './witness-client.ts'

class Interrupted extends Error {}

/** How a transaction can end for the one who waits for it. */
const endings: Record<string, <T>(database: Database, id: string, use: (tx: Tx) => Promise<T>) => Promise<T>> = {
  async 'it was persisted, and the answer was lost'(database, id, use) {
    await database.write(id, use)
    throw new Interrupted()
  },
  'it was not persisted': (database, id, use) => database.write(id, async (tx) => {
    await use(tx)
    throw new Interrupted()
  }),
  'it was killed': (database, id, use) => database.write(id, async (tx) => {
    const done = await use(tx)
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(tx.db)
    return done
  }),
}

/** A database whose transaction number `which` ends badly; all others are as they are. */
function breaking(database: Database, ending: string, which: number): Database {
  let writes = 0
  const write: Database['write'] = (id, use) => (writes++ === which ? endings[ending]!(database, id, use) : database.write(id, use))
  return new Proxy(database, {
    get(target, name) {
      const member = Reflect.get(target, name, target)
      return name === 'write' ? write : typeof member === 'function' ? member.bind(target) : member
    },
  })
}

describe('whatever step fails, and however', () => {
  let [log, witness]: Instance[] = []
  /** What the leader remembers lives through failures, and must not mislead it. */
  const remembered: Remembered = new Map()
  const acknowledged: string[] = []
  before(async () => {
    [log, witness] = [await instance(0), await instance(1)]
    await trusts(log, witness)
    await log.append()
    await askWitnesses(log.database, log.id, 'behind', inside)
  })
  after(() => Promise.all([log!.close(), witness!.close()]))

  const enter = (database: Database) => database.write(log!.id, (tx) => append(tx, witnessed, { subjects: {}, marks: {}, facts: {} }))

  const steps: Record<string, (database: Database) => Promise<unknown>> = {
    entry: enter,
    'leaves, tiles and checkpoint': (database) => sequenceBatch(database, log!.id, remembered),
    cosignature: (database) => askWitnesses(database, log!.id, 'behind', inside),
  }

  /** Nothing acknowledged is lost or there twice; all that is stored fits; the witness has seen no other history; and everything goes on. */
  async function check(): Promise<void> {
    await sequenceAll(log!.database, log!.id)
    assert.deepEqual((await checkLedger(log!.database, log!.id)).problems, [])
    await askWitnesses(log!.database, log!.id, 'behind', inside)
    const { size } = (await log!.write(newestCheckpoint))!
    assert.equal((await witness!.write((tx) => tx.db.selectFrom('witnessed_logs').select('size').executeTakeFirstOrThrow())).size, size)
    const places = await Promise.all(acknowledged.map(place))
    assert.equal(new Set(places).size, acknowledged.length)
    assert.equal((await log!.write((tx) => readEvents(tx, 0, 10_000))).length, size)
  }

  /** By its receipt alone, as somebody outside would. */
  async function place(entryId: string): Promise<number> {
    const proof = parseTlogProof(await awaitReceipt(log!.database, log!.id, entryId))
    const { size, root, note } = parseCheckpoint(proof.checkpoint)
    assert.ok(await isSignedBy(parseVkey(await log!.vkey()), note))
    assert.ok(verifyInclusion(leafHash(leafBytes(parseReceiptExtra(proof.extra!).leaf)), proof.index, size, proof.hashes, root))
    return proof.index
  }

  for (const [step, run] of Object.entries(steps)) {
    for (const ending of Object.keys(endings)) {
      it(`${step}: ${ending}; the log repairs itself`, async () => {
        acknowledged.push((await enter(log!.database)).entryId)
        if (step === 'cosignature') await sequenceAll(log!.database, log!.id)
        await run(breaking(log!.database, ending, 0)).catch(() => {})
        await check()
      })
    }
  }

  it('a witness that dies after it cosigned is asked again from there', async () => {
    acknowledged.push((await enter(log!.database)).entryId)
    await sequenceAll(log!.database, log!.id)
    await log!.write((tx) => tx.db.updateTable('witnesses').set({ url: `${witness!.url}/nowhere` }).execute())
    await askWitnesses(log!.database, log!.id, 'behind', inside)
    await log!.write((tx) => tx.db.updateTable('witnesses').set({ url: witness!.url, size: 1 }).execute())
    await check()
  })

  it('of two that sign from the same state one wins, and nothing is signed twice', async () => {
    for (let i = 0; i < 5; i++) {
      acknowledged.push((await enter(log!.database)).entryId)
      await Promise.allSettled(Array.from({ length: 4 }, () => sequenceBatch(log!.database, log!.id)))
      await check()
    }
  })

  it('an entry whose transaction commits late is taken later, and none is skipped', async () => {
    let commit = (): void => {}
    const late = log!.database.write(log!.id, async (tx) => {
      const entry = await append(tx, witnessed, { subjects: {}, marks: {}, facts: {} })
      await new Promise<void>((resolve) => { commit = resolve })
      return entry
    })
    acknowledged.push((await enter(log!.database)).entryId)
    await sequenceAll(log!.database, log!.id)
    commit()
    acknowledged.push((await late).entryId)
    await check()
  })
})
