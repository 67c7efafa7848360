// Reports taken in per second, sealed, indexed, in a signed checkpoint and on disk, beside a plain client that inserts the very same rows into
// tables with the same indexes on the same server by turns: node bin/bootstrap.mjs test/bench/submit.ts [rounds] [reports in each] [clients]
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { lexemesOf, openIndex } from '../../src/seal/search.ts'
import { runVerb } from '../../src/verbs/run.ts'
import { installation } from './installation.ts'
import { prose } from './prose.ts'
import { rawTwin } from './raw-twin.ts'
import { race } from './rounds.ts'

const rounds = Number(process.argv[2] ?? 4)
const perRound = Number(process.argv[3] ?? 1000)
const clients = Number(process.argv[4] ?? 16)

// Written beforehand: what a load generator does is no part of what is measured.
const reports = Array.from({ length: (rounds + 1) * perRound }, () =>
  ({ title: prose(7), description: prose(150), steps: prose(60), impact: prose(20), good_faith: true }))

const place = await installation(clients)
try {
  const { database, organization, server } = place
  const twin = await rawTwin(server, clients, 'reports', {
    data_keys: 't.subject_id = r.id', cases: 't.subject_id = r.id::text', entries: 't.id = r.received_entry_id', leaves: 't.entry_id = r.received_entry_id',
    reports: 't.id = r.id', search_index: 't.subject_id = r.id',
  })
  // As where reports have been coming at this rate for half a minute: most of their words have come before.
  const { language, blind } = await database.write(organization, (tx) => openIndex(tx, 'report'))
  for (let i = 0; i < 5000; i++) lexemesOf({ title: prose(7), body: prose(230) }, language, blind)
  const act = (n: number) => runVerb({ database }, submitReport, { kind: 'nobody' }, organization, reports[n])
  await race('submissions', { installation: place, twin, clients, rounds, perRound, act })
  await twin.stop()
} finally {
  await place.stop()
}
