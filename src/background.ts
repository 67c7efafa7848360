import { z } from 'zod'
import { rewrapAccounts } from './access/accounts.ts'
import { sweepAttempts } from './access/attempts.ts'
import { addressOf, listOrganizations } from './access/organizations.ts'
import { modules } from './app.ts'
import { followLedger, snapshotJob } from './commitments/index.ts'
import type { Settings } from './config/index.ts'
import type { Database } from './db/database.ts'
import { accountJobs } from './domain/accounts/index.ts'
import { acceptanceJobs } from './domain/acceptances/index.ts'
import { bridgeJobs } from './domain/bridges/index.ts'
import { correspondenceJobs } from './domain/correspondence/index.ts'
import { disclosureJobs } from './domain/disclosure/index.ts'
import { exampleJobs } from './domain/examples/index.ts'
import { exerciseJobs } from './domain/exercises/index.ts'
import { factJobs } from './domain/facts/index.ts'
import { intakeJobs, startIntake } from './domain/intake/index.ts'
import { checklistJobs } from './domain/checklists/index.ts'
import { obligationJobs } from './domain/obligations/index.ts'
import { peopleJobs } from './domain/people/index.ts'
import { dueOrderJob, endWaitsJob, followDuties, reindexJob, sweepBegunJob } from './domain/reports/index.ts'
import { reminderJobs } from './domain/reminders/index.ts'
import { checkJobs, connectAvow } from './domain/systems/index.ts'
import { triageJobs } from './domain/triage/index.ts'
import { updateJobs } from './domain/updates/index.ts'
import { webhookJobs } from './domain/webhooks/index.ts'
import { deploymentJob, job, sealingJobs, startWorker, type Job } from './jobs/index.ts'
import { startSequencer } from './ledger/index.ts'
import type { Log } from './lib/log.ts'
import { mailJobs, mailServer } from './mail/index.ts'
import type { Lifecycle } from './ops/lifecycle.ts'
import { tailFolder } from './ops/restore.ts'
import { startTail } from './ops/tail/start-tail.ts'
import { followKeyring } from './seal/follow-keyring.ts'
import { sweepAnswers } from './verbs/idempotency.ts'

/** What runs beside the pages: the tail, the ledger's sequencer, and the queue. The tail stops last, so that it has all of it. */
export async function startBackground(database: Database, settings: Settings, log: Log, lifecycle: Lifecycle): Promise<void> {
  const warn = (part: string) => (error: Error) => log.warn({ part, error }, 'failed and is tried again')
  await followKeyring(database, warn('keyring'))
  await followLedger(database, (ignored) => log.warn(ignored, 'a stored snapshot of the engine does not fit; the log is replayed'))
  await followDuties(database, warn('order of the inbox'))
  await connectAll(database)
  const tail = await startTail(database, { folder: tailFolder(settings), retentionDays: settings.AVOW_BACKUP_RETENTION_DAYS, onError: warn('tail') })
  lifecycle.started('tail', () => tail.stop())
  const sequencer = startSequencer(database, { reach: { privateNetwork: settings.AVOW_PRIVATE_NETWORK }, onError: warn('sequencer') })
  lifecycle.started('sequencer', () => sequencer.stop())
  const worker = await startWorker(database, jobs(database, settings), { onFailure: (name, error) => warn(`job ${name}`)(error) })
  lifecycle.started('worker', () => worker.stop())
  const intake = await startIntake(database, settings, warn('intake'))
  lifecycle.started('intake', () => intake.stop())
}

/** Each ledger is told what this release feeds. An example has a history of its own. */
async function connectAll(database: Database): Promise<void> {
  const verbs = modules.flatMap((module) => module.verbs)
  for (const { id, example } of await listOrganizations(database)) if (!example) await connectAvow(database, id, verbs)
}

/** Everything that is done later or by the clock. */
function jobs(database: Database, settings: Settings): Job[] {
  const baseOf = (organizationId: string) => addressOf(database, organizationId, settings.AVOW_URL)
  const mail = { ...settings.SMTP_URL && { server: mailServer(settings.SMTP_URL) }, from: settings.AVOW_MAIL_FROM, baseOf }
  return [
    ...mailJobs({
      ...mail, ...settings.AVOW_INTAKE_ADDRESS && { intake: settings.AVOW_INTAKE_ADDRESS },
    }),
    ...accountJobs,
    snapshotJob,
    ...exampleJobs,
    reindexJob,
    endWaitsJob,
    sweepBegunJob,
    dueOrderJob,
    ...checkJobs({ baseOf, privateNetwork: settings.AVOW_PRIVATE_NETWORK, ...settings.AVOW_CONTACT_MAILBOX && { mailbox: settings.AVOW_CONTACT_MAILBOX } }),
    ...peopleJobs,
    ...checklistJobs,
    ...acceptanceJobs,
    ...correspondenceJobs,
    ...disclosureJobs,
    ...intakeJobs(settings),
    ...triageJobs,
    ...factJobs({
      dataFolder: settings.AVOW_DATA, privateNetwork: settings.AVOW_PRIVATE_NETWORK,
      replay: { seconds: settings.AVOW_REPLAY_SECONDS, ...settings.AVOW_REPLAY_COMMAND && { command: settings.AVOW_REPLAY_COMMAND } },
      ...settings.AVOW_SOURCE_MIRRORS && { mirrorsFolder: settings.AVOW_SOURCE_MIRRORS }, ...settings.AVOW_CVE_LIST && { cveList: settings.AVOW_CVE_LIST },
    }),
    ...updateJobs,
    ...exerciseJobs(mail),
    ...reminderJobs,
    ...obligationJobs,
    ...webhookJobs({ baseOf, privateNetwork: settings.AVOW_PRIVATE_NETWORK }),
    ...bridgeJobs({ baseOf, privateNetwork: settings.AVOW_PRIVATE_NETWORK }),
    ...sealingJobs({ rotateAfterDays: settings.AVOW_KEY_ROTATION_DAYS, retainDays: settings.AVOW_BACKUP_RETENTION_DAYS }, [rewrapAccounts]),
    deploymentJob({ name: 'attempts.sweep', payload: z.object({}), every: '5 * * * *', async run() { await sweepAttempts(database.global) } }),
    job({
      name: 'answers.sweep', payload: z.object({}), every: '10 * * * *',
      async run({ organizationId }) { await database.write(organizationId, sweepAnswers) },
    }),
  ]
}
