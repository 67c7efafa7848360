import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { answerArrival, keyArrived, mailArrived } from '../../src/domain/correspondence/index.ts'
import { openPgpKey } from '../../src/domain/contact/index.ts'
import { getReport, receiveReport, type Report } from '../../src/domain/reports/index.ts'
import { startWorker } from '../../src/jobs/index.ts'
import { sequenceAll } from '../../src/ledger/index.ts'
import { mailJobs, mailServer } from '../../src/mail/index.ts'
import type { Site } from './site.ts'
import { world, type World } from './world.ts'

export interface Delivered { mail: Email; raw: Buffer; sender: string }

/** The address that our mails come from, the one that Avow reads, and a reporter's. */
export const addresses = { from: 'security@avow.example', intake: 'security@example.org', ada: 'ada@researcher.example' }
export const system = { kind: 'system', job: 'test' } as const
/** In every field of what is reported: no mail in clear may hold it. */
export const secret = 'The token is hunter2-canary'

const given = {
  title: secret, description: secret, steps: secret, proof_of_concept: '', impact: '', tools: [], skipped: '', attachments: [], asset: '', weakness: '',
  name: '', email: addresses.ada, claim_key: '', good_faith: true as const,
}

/** A world whose mails go by a real relay on this machine. */
export interface PostOffice {
  readonly w: World
  /** What has reached the relay since the last `clear`, once all that waits is sent or refused. */
  posted(): Promise<Delivered[]>
  clear(): void
  /** From now on the relay answers this instead of taking a mail; null takes them again. */
  refuse(answer: { code: number; text: string } | null): void
  /** A report that came by mail, answered at once. */
  byMail(how?: { messageId?: string; key?: string }): Promise<Report>
  close(): Promise<void>
}

/** `on`: a site that is there already, with its own sequencer. */
export async function postOffice(on?: Site): Promise<PostOffice> {
  const w = on ?? await world({ clock: new Date().toISOString() })
  await openPgpKey(w.database, w.organization.id, { name: 'Organization 1', address: addresses.intake })
  let inbox: Delivered[] = []
  let refusal: Error | null = null
  const relay = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => done(refusal),
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', async () => {
        const raw = Buffer.concat(chunks)
        inbox.push({ raw, mail: await PostalMime.parse(raw), sender: envelope.mailFrom === false ? '' : envelope.mailFrom.address })
        done()
      })
    },
  })
  await new Promise<void>((done) => relay.listen(0, '127.0.0.1', done))
  const server = mailServer(`smtp://127.0.0.1:${(relay.server.address() as AddressInfo).port}`)
  const { from, intake } = addresses
  const worker = await startWorker(w.database, mailJobs({ server, from, intake, baseOf: async () => on?.home ?? 'https://avow.example' }), { pollMs: 100 })
  return {
    w,
    async posted() {
      await (on ? on.settled() : sequenceAll(w.database, w.organization.id))
      for (let left = 200; left > 0; left--) {
        if (!await w.read((tx) => tx.db.selectFrom('mails').select('id').where('state', '=', 'waiting').executeTakeFirst())) return inbox
        await pause(50)
      }
      throw new Error('A mail is still waiting.')
    },
    clear() { inbox = [] },
    refuse(answer) { refusal = answer && Object.assign(new Error(answer.text), { responseCode: answer.code }) },
    byMail: ({ messageId = '<first@researcher.example>', key = '' } = {}) => w.write(async (tx) => {
      const { report: id } = await receiveReport({ tx, actor: system }, given, { channel: 'mail' })
      const report = await getReport(tx, system, id)
      await mailArrived(tx, report, { messageId, references: ['<root@researcher.example>'], encryption: 'none', signature: 'none' })
      if (key) await keyArrived(tx, report, key, { by: 'attached', sure: false })
      await answerArrival(tx, id)
      return report
    }),
    async close() {
      await worker.stop()
      server.close()
      await new Promise<void>((done) => relay.close(done))
      if (!on) await w.close()
    },
  }
}
