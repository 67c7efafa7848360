import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import {
  consistencyNodes, cosignatures, formatSignature, parseCheckpoint, parseTlogProof, parseVkey, readProof, type AddCheckpoint,
} from 'avow-verify'
import { inside, instance, trusts, witnessed, type Instance } from '../../test/support/instance.ts'
import { withClient } from '../db/setup.ts'
import { LedgerFatal } from '../lib/errors.ts'
import { append } from './append.ts'
import { listFaults } from './faults.ts'
import { awaitReceipt, receiptFor } from './receipts.ts'
import { startSequencer } from './sequencer.ts'
import { newestCheckpoint, nodeReader } from './storage.ts'
import { askWitnesses } from './witness-client.ts'
import { witnessLog, witnessVkey } from './witness-server.ts'

describe('two Avows that keep each other honest', () => {
  let [a, b]: Instance[] = []
  before(async () => {
    [a, b] = [await instance(0), await instance(1)]
    await trusts(a, b)
    await trusts(b, a)
  })
  after(() => Promise.all([a!.close(), b!.close()]))

  it('cosign each other’s states, and receipts carry it', async () => {
    for (const [log, witness] of [[a!, b!], [b!, a!]] as const) {
      const entry = await log.append()
      await askWitnesses(log.database, log.id, 'behind', inside)
      const receipt = parseTlogProof((await log.write((tx) => receiptFor(tx, entry)))!)
      const seen = await cosignatures([parseVkey((await witness.write(witnessVkey))!)], parseCheckpoint(receipt.checkpoint).note)
      assert.deepEqual(seen.map(({ at }) => at), [witness.clock.now().epochMilliseconds])
    }
  })

  it('go on from the size that was cosigned, also when an answer was lost', async () => {
    await a!.append()
    await askWitnesses(a!.database, a!.id, 'behind', inside)
    await a!.write((tx) => tx.db.updateTable('witnesses').set({ size: 1 }).execute())
    await a!.append()
    await askWitnesses(a!.database, a!.id, 'behind', inside)
    const { size } = (await a!.write(newestCheckpoint))!
    assert.deepEqual(await a!.write((tx) => tx.db.selectFrom('witnesses').select(['size', 'error']).execute()), [{ size, error: null }])
    assert.equal(size, (await b!.write((tx) => tx.db.selectFrom('witnessed_logs').select('size').executeTakeFirstOrThrow())).size)
  })

  it('are asked while the sequencer runs', async () => {
    const sequencer = startSequencer(a!.database, { witnessMs: 10, reach: inside })
    const { entryId } = await a!.write((tx) => append(tx, witnessed, { subjects: {}, marks: {}, facts: {} }))
    for (let cosigned = false; !cosigned;) {
      const receipt = await awaitReceipt(a!.database, a!.id, entryId)
      cosigned = parseCheckpoint(parseTlogProof(receipt).checkpoint).note.signatures.length === 2
    }
    await sequencer.stop()
  })

  it('leave a witness alone that cannot be reached, and note why', async () => {
    await b!.write((tx) => tx.db.updateTable('witnesses').set({ url: 'http://127.0.0.1:9' }).execute())
    await b!.append()
    await askWitnesses(b!.database, b!.id, 'behind', inside)
    assert.deepEqual(await b!.write((tx) => tx.db.selectFrom('witnesses').select('error').execute()), [{ error: 'unreachable' }])
    assert.deepEqual(await listFaults(b!.database), [])
  })
})

describe('a witness', () => {
  let [log, witness]: Instance[] = []
  before(async () => {
    [log, witness] = [await instance(0), await instance(1)]
    await log.append()
  })
  after(() => Promise.all([log!.close(), witness!.close()]))

  const newest = async () => (await log!.write(newestCheckpoint))!
  const request = async (oldSize: number, over: Partial<AddCheckpoint> = {}): Promise<AddCheckpoint> => {
    const { size, note } = await newest()
    const proof = await log!.write((tx) => readProof(consistencyNodes(oldSize, size), nodeReader(tx, size)))
    return { oldSize, proof, checkpoint: note, ...over }
  }
  const status = async (sent: AddCheckpoint) => (await witness!.submit(sent)).status

  it('does not know a log that nobody named', async () => {
    assert.equal(await status(await request(0)), 404)
  })

  it('refuses what the log’s key has not signed', async () => {
    await witness!.write(async (tx) => witnessLog(tx, await log!.vkey()))
    const { note } = await newest()
    const [signature] = parseCheckpoint(note).note.signatures
    const other = formatSignature({ ...signature!, signature: Uint8Array.from(signature!.signature, (byte) => byte ^ 1) })
    assert.equal(await status(await request(0, { checkpoint: `${note.slice(0, note.indexOf('\n\n') + 2)}${other}` })), 403)
  })

  it('refuses what is no request', async () => {
    assert.equal((await fetch(`${witness!.url}/add-checkpoint`, { method: 'POST', body: 'old x' })).status, 400)
    assert.equal(await status({ ...(await request(0)), oldSize: 1_000_000 }), 400)
  })

  it('cosigns, and says what it cosigned last to whoever does not know', async () => {
    const { size } = await newest()
    const answer = await witness!.submit(await request(0))
    assert.equal(answer.status, 200)
    assert.match(await answer.text(), /^— example\.invalid\/organization-2\/witness \S+\n$/)
    const conflict = await witness!.submit(await request(0))
    assert.deepEqual([conflict.status, conflict.headers.get('content-type'), await conflict.text()], [409, 'text/x.tlog.size', `${size}\n`])
  })

  it('cosigns the same state again', async () => {
    assert.equal(await status(await request((await newest()).size)), 200)
  })

  it('refuses a proof that does not prove it', async () => {
    const { size } = await newest()
    await log!.append()
    const sent = await request(size)
    assert.equal(await status({ ...sent, proof: sent.proof.map((hash) => Uint8Array.from(hash, (byte) => byte ^ 1)) }), 422)
    assert.equal(await status(sent), 200)
  })

  it('cosigns one of two requests from the same state, and tells the other what happened', async () => {
    const { size } = await newest()
    await log!.append()
    const first = await request(size)
    await log!.append()
    const answers = await Promise.all([first, await request(size)].map(status))
    assert.deepEqual(answers.toSorted(), [200, 409])
  })
})

describe('a log that was brought back from an old copy', () => {
  let [log, witness]: Instance[] = []
  before(async () => {
    [log, witness] = [await instance(0), await instance(1)]
    await trusts(log, witness)
    await log.append()
    await log.append()
    await askWitnesses(log.database, log.id, 'behind', inside)
  })
  after(() => Promise.all([log!.close({ check: false }), witness!.close()]))

  it('is not signed on, and takes no entry any more', async () => {
    const { size } = (await log!.write(newestCheckpoint))!
    await withClient(log!.postgres, (client) => client.query(`set session_replication_role = replica;
      delete from avow.leaves where index = ${size - 1} and organization_id = '${log!.id}';
      delete from avow.checkpoints where size = ${size} and organization_id = '${log!.id}'`))
    const sequencer = startSequencer(log!.database, { reach: inside })
    while ((await listFaults(log!.database)).length === 0);
    await sequencer.stop()
    assert.match((await listFaults(log!.database))[0]!.reason, new RegExp(`has cosigned ${size} entries, and only ${size - 1} are here`))
    await assert.rejects(log!.append(), LedgerFatal)
  })
})
