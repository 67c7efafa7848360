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

/** Sends one mail. What the mail server answers is data on the mail's row. */
export const sendMailJob = ({ server, from, baseOf }: MailSettings): OrganizationJob => job({
  name: 'mail.send',
  payload: z.object({ mail: z.uuid() }),
  async run({ database, organizationId }, { mail: id }) {
    const change = (to: Partial<MailRow>) => database.write(organizationId, (tx) => tx.db.updateTable('mails').set(to).where('id', '=', id).execute())
    const found = await database.read(organizationId, async (tx) => {
      const organization = await tx.db.selectFrom('organizations').select('name').where('id', '=', organizationId).executeTakeFirstOrThrow()
      return { name: organization.name, mail: await findMail(tx, id) }
    }).catch(unlessErased)
    if (!found) return void await change({ state: 'undeliverable', error: 'erased' })
    const { mail, name } = found
    if (!mail || mail.state === 'sent' || mail.state === 'undeliverable') return
    if (!mail.address) return void await change({ state: 'undeliverable', error: 'erased' })
    if (!server) return void await change({ state: 'held' })
    const attempts = mail.attempts + 1
    try {
      await server.send({ ...letterOf(mail, await baseOf(organizationId)), to: mail.address, from: { name, address: from } })
    } catch (error) {
      if (!(error instanceof DeliveryFailed)) throw error
      const over = error.permanent || attempts >= MOST_ATTEMPTS
      await change({ attempts, error: error.code, state: over ? 'undeliverable' : 'waiting' })
      if (!over) throw error
      return
    }
    await change({ attempts, error: null, state: 'sent', sent_at: new Date() })
  },
})

const letterOf = ({ id, subject, body }: Mail, base: string) => ({ id, subject, ...render(body, base) })

function unlessErased(error: unknown): undefined {
  if (!(error instanceof Erased)) throw error
}
