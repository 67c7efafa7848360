// Stages, claims and reads one file of 100 MB, and prints by how much the process grew meanwhile. A process of its own, so that it measures nothing else.
import { createHash } from 'node:crypto'
import { openDatabase } from '../../src/db/database.ts'
import { claimAttachments, readAttachment, stageAttachment } from '../../src/seal/attachments.ts'
import { newSubjectKey } from '../../src/seal/envelope.ts'
import { testKeyring } from '../../src/seal/keyring.ts'

const [url, organizationId] = process.argv.slice(2) as [string, string]
const MB = 1024 * 1024
const database = await openDatabase({ url, keyring: testKeyring(), poolSize: 2 })

async function* zeros(megabytes: number) {
  for (let i = 0; i < megabytes; i++) yield Buffer.alloc(MB, i)
}

const roundTrip = async (megabytes: number) => {
  const staged = await stageAttachment(database, organizationId, { name: 'large.bin', type: '' }, zeros(megabytes))
  const owner = await database.write(organizationId, async (tx) => {
    const id = tx.newId()
    const keyId = await newSubjectKey(tx, 'report', id)
    await claimAttachments(tx, [staged.id], keyId, { kind: 'report', id })
    return { kind: 'report', id }
  })
  const digest = createHash('sha256')
  for await (const part of (await readAttachment(database, organizationId, owner, staged.id)).content) digest.update(part)
  return { size: staged.size, same: digest.digest('hex') === staged.sha256 }
}

// A small file first: what code, connections and the first buffers take is not what is asked here.
await roundTrip(8)
const before = process.memoryUsage.rss()
let most = before
const watch = setInterval(() => { most = Math.max(most, process.memoryUsage.rss()) }, 5)
const result = await roundTrip(100)
clearInterval(watch)
console.log(JSON.stringify({ ...result, grownMB: Math.round((most - before) / MB) }))
await database.close()
