import { z } from 'zod'
import type { Updateable } from 'kysely'
import type { Database } from '../db/database.ts'
import { job, type OrganizationJob } from '../jobs/index.ts'
import { Erased } from '../seal/envelope.ts'
import { addressesOf, messageIdOf, type Addresses } from './addresses.ts'
import { enclosureOf, type Enclosure } from './enclosure.ts'
import { tellOutcome } from './outcome.ts'
import { findMail, type Mail } from './find-mail.ts'
import { render } from './letter.ts'
import { DeliveryFailed, type MailServer, type OutgoingMail } from './smtp.ts'
import type { MailRow } from './tables.ts'

export interface MailSettings {
  /** Without one, mails are kept and not sent; in development they can be read at `/dev/mail`. */
  readonly server?: MailServer
  /** The address that mails come from. */
  readonly from: string
  /** The address whose mailbox Avow reads. Without one, answers by mail and late bounces reach nobody. */
  readonly intake?: string
  /** The public address of an organisation's pages, without a slash at its end. */
  baseOf(organizationId: string): Promise<string>
}

/** The people of the example organisations have addresses under it. Nothing is sent there: no server answers for it (RFC 6761), and nobody waits. */
export const inventedDomain = 'example.invalid'

/** As often is a mail tried, in about three days; then it is undeliverable. */
const MOST_ATTEMPTS = 25

type Outcome = Pick<Updateable<MailRow>, 'state' | 'attempts' | 'error' | 'sent_at' | 'outcome_status' | 'protection' | 'reply_hash' | 'return_hash'>

/** What a mail is sent as, and what is kept of that. */
interface Envelope { readonly name: string; readonly base: string; readonly addresses: Addresses | null; readonly enclosure: Enclosure }

/** Sends one mail. What the mail server answers is data on the mail's row. */
export const sendMailJob = (settings: MailSettings): OrganizationJob => job({
  name: 'mail.send',
  payload: z.object({ mail: z.uuid() }),
  async run({ database, organizationId }, { mail: id }) {
    const mail = await database.read(organizationId, (tx) => findMail(tx, id)).catch(unlessErased)
    if (mail && mail.state !== 'waiting' && mail.state !== 'held') return
    const outcome = await deliver(settings, mail, database, organizationId)
    await database.write(organizationId, async (tx) => {
      await tx.db.updateTable('mails').set(outcome).where('id', '=', id).execute()
      if (mail && outcome.state === 'undeliverable') await tellOutcome(tx, { mail: id, thread: mail.thread, outcome: 'failed' })
    })
    if (outcome.state === 'waiting') throw new Error(outcome.error ?? 'waiting')
  },
})

async function deliver(settings: MailSettings, mail: Mail | undefined, database: Database, organizationId: string): Promise<Outcome> {
  const attempts = (mail?.attempts ?? 0) + 1
  if (!mail?.address) return { state: 'undeliverable', attempts, error: 'erased', sent_at: null }
  if (!settings.server || mail.address.endsWith(`.${inventedDomain}`)) return { state: 'held', attempts: 0, error: null, sent_at: null }
  const envelope = await prepare(settings, mail, database, organizationId)
  const kept = {
    protection: envelope.enclosure.protection ?? null,
    reply_hash: envelope.addresses?.replyTo?.hash ?? null, return_hash: envelope.addresses?.returnTo.hash ?? null,
  }
  try {
    await settings.server.send(outgoing(settings.from, { ...mail, address: mail.address }, envelope))
    return { state: 'sent', attempts, error: null, sent_at: new Date(), ...kept }
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error
    const over = error.permanent || attempts >= MOST_ATTEMPTS
    return { state: over ? 'undeliverable' : 'waiting', attempts, error: error.code, sent_at: null, outcome_status: error.status ?? null, ...kept }
  }
}

async function prepare({ baseOf, intake }: MailSettings, mail: Mail, database: Database, organizationId: string): Promise<Envelope> {
  const base = await baseOf(organizationId)
  const { name, addresses } = await database.read(organizationId, async (tx) => ({
    ...await tx.db.selectFrom('organizations').select('name').where('id', '=', organizationId).executeTakeFirstOrThrow(),
    addresses: intake === undefined ? null : await addressesOf(tx, mail, intake),
  }))
  return { name, base, addresses, enclosure: await enclosureOf({ database, organizationId, base }, mail) }
}

function outgoing(from: string, mail: Mail & { address: string }, { name, base, addresses, enclosure }: Envelope): OutgoingMail {
  const { files, sealed } = enclosure
  return {
    id: mail.id, from: { name, address: from }, to: mail.address, subject: mail.subject, ...render(mail.body, base),
    ...mail.unsubscribe !== null && { unsubscribe: base + mail.unsubscribe },
    ...addresses && { returnTo: addresses.returnTo.address, ...addresses.replyTo && { replyTo: addresses.replyTo.address } },
    ...mail.thread && { references: referencesOf(mail, from) },
    ...mail.answers && { inReplyTo: mail.answers.messageId, ...mail.answers.automatically && { automatically: true } },
    ...files && { files }, ...sealed && { sealed },
  }
}

/** All mails of a case refer to one that was never sent, so that they stand together; behind it what this one answers (RFC 5322, section 3.6.4). */
const referencesOf = ({ thread, answers }: Mail, from: string): string[] =>
  [messageIdOf(`case.${thread!.id}`, from), ...answers ? [...answers.references, answers.messageId] : []]

function unlessErased(error: unknown): undefined {
  if (!(error instanceof Erased)) throw error
}
