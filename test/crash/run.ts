// npm run test:crash [ROUNDS]: eight clients report over HTTP while everything is killed with -9 at random moments. Afterwards every
// report that was acknowledged is there once, the ledger verifies, and an outsider's replay gives the standings that are shown.
import assert from 'node:assert/strict'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { verifyLog, verifyReceipt } from 'avow-verify'
import { readSettings } from '../../src/config/index.ts'
import { firstStart } from '../../src/domain/organizations/index.ts'
import { checkLedger, awaitReceipt, startSequencer } from '../../src/ledger/index.ts'
import { listLogKeys, verifierKeyOf } from '../../src/ledger/signing-keys.ts'
import { createLog } from '../../src/lib/log.ts'
import { openStorage, type Storage } from '../../src/ops/storage.ts'
import { phraseHash } from '../../src/domain/reports/phrase.ts'
import { Clients, type Acknowledged } from './clients.ts'
import { publishPromise } from './publish-promise.ts'
import { startVictim } from './victim.ts'

const rounds = Number(process.argv[2] ?? 30)
const data = mkdtempSync(join(tmpdir(), 'avow-crash-'))
chmodSync(data, 0o711)
const settings = readSettings({ AVOW_DATA: data })
const clients = new Clients(8)

try {
  await withStorage(async ({ database }) => {
    const { organization } = await firstStart(database, { name: 'Crash', logOrigin: 'crash.invalid/log' })
    await publishPromise(database, organization.id)
  })
  for (let round = 1; round <= rounds; round++) await killOnce(round)
  await outsiderAgrees()
  await withStorage(nothingIsLost)
  console.log(`${rounds} kills, ${clients.acknowledged.length} reports acknowledged: each is there once, the ledger verifies, the standings are a replay's`)
} finally {
  rmSync(data, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
}

async function killOnce(round: number): Promise<void> {
  const victim = await startVictim(data)
  const dead = new AbortController()
  const reporting = clients.report(victim.url, dead.signal)
  await pause(Math.random() * 1500)
  await victim.kill()
  dead.abort()
  await reporting
  console.log(`kill ${round}: ${clients.acknowledged.length} reports acknowledged so far`)
}

async function outsiderAgrees(): Promise<void> {
  const victim = await startVictim(data)
  const { faults, standings } = await verifyLog({ url: victim.url, fetch, now: Date.now() })
  await victim.kill()
  assert.deepEqual(faults, [])
  assert.deepEqual(standings?.commitments.map(({ verdict }) => verdict), ['confirmed'])
}

async function nothingIsLost({ database }: Storage): Promise<void> {
  const { organization } = await firstStart(database, { name: undefined, logOrigin: undefined })
  const keys = (await database.read(organization.id, listLogKeys)).map(verifierKeyOf)
  const sequencer = startSequencer(database)
  const reports = await database.read(organization.id, (tx) => tx.db.selectFrom('reports').select(['id', 'phrase_hash']).execute())
  for (const one of clients.acknowledged) {
    const found = reports.filter(({ phrase_hash: hash }) => hash.equals(phraseHash(one.phrase)))
    assert.deepEqual(found.map(({ id }) => id), [one.report], `the report ${one.reference} is there once`)
    await receiptHolds(one)
  }
  await sequencer.stop()
  // At most one report a client is unanswered: its answer was lost with the last kill.
  assert.ok(reports.length - clients.acknowledged.length <= 8, `${reports.length} reports, ${clients.acknowledged.length} acknowledged`)
  assert.deepEqual((await checkLedger(database, organization.id)).problems, [])

  async function receiptHolds({ entry }: Acknowledged): Promise<void> {
    const receipt = await awaitReceipt(database, organization.id, entry)
    assert.deepEqual((await verifyReceipt({ receipt }, { keys, witnesses: [] })).faults, [])
  }
}

async function withStorage(use: (storage: Storage) => Promise<void>): Promise<void> {
  const storage = await openStorage(settings, { log: createLog('error') })
  try { await use(storage) } finally { await storage.close() }
}
