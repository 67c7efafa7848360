import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { leafBytes, leafHash, opensTo, parseCheckpoint, parseContent, parseReceiptExtra, parseTlogProof, verifyInclusion } from 'avow-verify'
import { z } from 'zod'
import { world, type World } from '../../test/support/world.ts'
import { eraseKey, newSubjectKey } from '../seal/envelope.ts'
import { append } from './append.ts'
import { checkLedger } from './check-ledger.ts'
import { defineKind } from './kinds.ts'
import { awaitReceipt, contentFor, receiptFor } from './receipts.ts'
import { sequenceAll } from './sequence.ts'
import { startSequencer, type Sequencer } from './sequencer.ts'

const receipted = defineKind({
  kind: 'test.receipted', stream: 'disclosure', subjects: ['report'], marks: z.object({ channel: z.enum(['web']) }),
  facts: z.object({ text: z.string() }), vouch: 'both',
})

describe('a receipt', () => {
  let w: World
  let sequencer: Sequencer
  before(async () => {
    w = await world()
    sequencer = startSequencer(w.database)
  })
  after(async () => {
    await sequencer.stop()
    await w.close()
  })

  async function report(text: string) {
    return w.write(async (tx) => {
      const id = tx.newId()
      const keyId = await newSubjectKey(tx, 'report', id)
      return { keyId, ...await append(tx, receipted, { subjects: { report: id }, marks: { channel: 'web' }, facts: { text }, keyId }) }
    })
  }

  it('is there soon after the entry, and proves with the content file what was recorded', async () => {
    const { entryId } = await report('<script>')
    const proof = parseTlogProof(await awaitReceipt(w.database, w.organization.id, entryId))
    const { leaf, opening, salt2 } = parseReceiptExtra(proof.extra!)
    const { size, root } = parseCheckpoint(proof.checkpoint)
    assert.ok(verifyInclusion(leafHash(leafBytes(leaf)), proof.index, size, proof.hashes, root))
    const facts = parseContent(await w.read((tx) => contentFor(tx, entryId)))
    assert.deepEqual(facts, { text: '<script>' })
    assert.ok(opensTo(leaf, opening, { facts, salt2: salt2! }))
    assert.ok(!opensTo(leaf, opening, { facts: { text: '<Script>' }, salt2: salt2! }))
  })

  it('comes to everybody who waits at once', async () => {
    const entries = await Promise.all(Array.from({ length: 8 }, (_, i) => report(String(i))))
    const receipts = await Promise.all(entries.map(({ entryId }) => awaitReceipt(w.database, w.organization.id, entryId)))
    assert.equal(new Set(receipts.map((text) => parseTlogProof(text).index)).size, 8)
  })

  it('stays valid when the facts are erased, without the salt that would open them', async () => {
    const { entryId, keyId } = await report('to be forgotten')
    await awaitReceipt(w.database, w.organization.id, entryId)
    await w.write((tx) => eraseKey(tx, keyId))
    const proof = parseTlogProof((await w.read((tx) => receiptFor(tx, entryId)))!)
    const { leaf, opening, salt2 } = parseReceiptExtra(proof.extra!)
    assert.ok(opensTo(leaf, opening))
    assert.equal(salt2, undefined)
    await assert.rejects(w.read((tx) => contentFor(tx, entryId)), { code: 'erased' })
    assert.deepEqual((await checkLedger(w.database, w.organization.id)).problems, [])
  })

  it('is not given for an entry of another organization', async () => {
    const { entryId } = await report('ours')
    await awaitReceipt(w.database, w.organization.id, entryId)
    await assert.rejects(awaitReceipt(w.database, w.other.id, entryId, 0), { code: 'not_found' })
  })

  it('is refused for now while the entry waits for its place', async () => {
    await sequencer.stop()
    const { entryId } = await report('waits')
    await assert.rejects(awaitReceipt(w.database, w.organization.id, entryId, 10), { code: 'receipt_not_ready' })
    await sequenceAll(w.database, w.organization.id)
    assert.ok(await awaitReceipt(w.database, w.organization.id, entryId, 0))
  })
})
