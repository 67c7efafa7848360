/**
 * Entries per second from many clients, one durable transaction each, until every one is in a signed checkpoint; beside a plain client that inserts
 * the same rows by turns: node bin/bootstrap.mjs test/bench/append.ts [ROUNDS] [ENTRIES IN EACH] [CLIENTS]
 */
import { z } from 'zod'
import { append, checkLedger, defineKind } from '../../src/ledger/index.ts'
import { newSubjectKey } from '../../src/seal/envelope.ts'
import { installation } from './installation.ts'
import { rawTwin } from './raw-twin.ts'
import { race } from './rounds.ts'

const rounds = Number(process.argv[2] ?? 4)
const perRound = Number(process.argv[3] ?? 4000)
const clients = Number(process.argv[4] ?? 16)

const measured = defineKind({
  kind: 'bench.measured', stream: 'disclosure', subjects: ['report'], marks: z.object({ by: z.enum(['human']) }),
  facts: z.object({ text: z.string() }), vouch: 'both',
})
const facts = { text: 'x'.repeat(200) }

const place = await installation(clients)
try {
  const { database, organization, server } = place
  const twin = await rawTwin(server, clients, 'entries', {
    cases: `t.pseudonym = r.cases ->> 'report'`, entries: 't.id = r.id', leaves: 't.entry_id = r.id',
  })
  const keyId = await database.write(organization, (tx) => newSubjectKey(tx, 'report', tx.newId()))
  const act = () => database.write(organization, (tx) => append(tx, measured, { subjects: { report: tx.newId() }, marks: { by: 'human' }, facts, keyId }))
  await race('entries', { installation: place, twin, clients, rounds, perRound, act })
  await twin.stop()
  const { problems } = await checkLedger(database, organization)
  if (problems.length > 0) throw new Error(problems.join('\n'))
} finally {
  await place.stop()
}
