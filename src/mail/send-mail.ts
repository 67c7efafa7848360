import { z } from 'zod'
import { job, type OrganizationJob } from '../jobs/index.ts'
import { Erased } from '../seal/envelope.ts'
import { render } from './letter.ts'
import { findMail, type Mail, type MailRow } from './post.ts'
import { DeliveryFailed, type MailServer } from './smtp.ts'

export interface MailSettings {
  /** Without one, mails are kept and not sent; in development they can be read at `/dev/mail`. */
  readonly server?: MailServer
  /** The address that mails come from. */
  readonly from: string
  /** The public address of an organisation's pages, without a slash at its end. */
  baseOf(organizationId: string): Promise<string>
}

/** As often is a mail tried, in about three days; then it is undeliverable. */
const MOST_ATTEMPTS = 25

type Outcome = Pick<MailRow, 'state' | 'attempts' | 'error' | 'sent_at'>

/** Sends one mail. What the mail server answers is data on the mail's row. */
export const sendMailJob = (settings: MailSettings): OrganizationJob => job({
  name: 'mail.send',
  payload: z.object({ mail: z.uuid() }),
  async run({ database, organizationId }, { mail: id }) {
    const mail = await database.read(organizationId, (tx) => findMail(tx, id)).catch(unlessErased)
    if (mail && mail.state !== 'waiting' && mail.state !== 'held') return
    const { name } = await database.read(organizationId, (tx) =>
      tx.db.selectFrom('organizations').select('name').where('id', '=', organizationId).executeTakeFirstOrThrow())
    const outcome = await deliver(settings, mail, name, await settings.baseOf(organizationId))
    await database.write(organizationId, (tx) => tx.db.updateTable('mails').set(outcome).where('id', '=', id).execute())
    if (outcome.state === 'waiting') throw new Error(outcome.error!)
  },
})

async function deliver({ server, from }: MailSettings, mail: Mail | undefined, name: string, base: string): Promise<Outcome> {
  const attempts = (mail?.attempts ?? 0) + 1
  if (!mail?.address) return { state: 'undeliverable', attempts, error: 'erased', sent_at: null }
  if (!server) return { state: 'held', attempts: 0, error: null, sent_at: null }
  try {
    const oneClick = mail.unsubscribe === null ? {} : { unsubscribe: base + mail.unsubscribe }
    await server.send({ id: mail.id, from: { name, address: from }, to: mail.address, subject: mail.subject, ...render(mail.body, base), ...oneClick })
    return { state: 'sent', attempts, error: null, sent_at: new Date() }
  } catch (error) {
    if (!(error instanceof DeliveryFailed)) throw error
    const over = error.permanent || attempts >= MOST_ATTEMPTS
    return { state: over ? 'undeliverable' : 'waiting', attempts, error: error.code, sent_at: null }
  }
}

function unlessErased(error: unknown): undefined {
  if (!(error instanceof Erased)) throw error
}
