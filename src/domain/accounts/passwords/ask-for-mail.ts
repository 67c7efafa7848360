import { z } from 'zod'
import { findAccount } from '../../../access/accounts.ts'
import { countAttempt, type Allowance } from '../../../access/attempts.ts'
import { passwordOpens } from '../../../access/sign-in-domains.ts'
import type { Tx } from '../../../db/tx.ts'
import { enqueue, job } from '../../../jobs/index.ts'
import { Invalid, TooMany } from '../../../lib/errors.ts'
import { post } from '../../../mail/index.ts'
import { openText, organizationKey, sealText } from '../../../seal/envelope.ts'
import type { Page } from '../../../web/page.ts'
import { haveAccountLetter, resetByProviderLetter, resetLetter, signUpLetter } from './letters.ts'
import { createMailLink } from './mail-links.ts'
import type { MailRequestRow } from './tables.ts'

type Purpose = MailRequestRow['purpose']

const perAddress = (purpose: Purpose): Allowance => ({ name: `mail ${purpose}`, count: 3, perSeconds: 3600 })
const place = 'mail-request'
const Address = z.email('Enter your mail address, such as name@example.org.').max(320)

/**
 * Keeps what was asked for and leaves it to a job whether there is such an account: so neither the answer nor its time tells.
 * More than three an hour are dropped without a word, or somebody else could fill the mailbox.
 */
export async function askForMail(page: Page, purpose: Purpose, entered: string): Promise<void> {
  const { data: address, error } = Address.safeParse(entered.trim())
  if (address === undefined) throw new Invalid({ address: error.issues[0]!.message })
  const { database } = page.deps
  try {
    await countAttempt(database, perAddress(purpose), address.toLowerCase())
  } catch (tooMany) {
    if (tooMany instanceof TooMany) return
    throw tooMany
  }
  await database.write(page.organization.id, (tx) => keep(tx, purpose, address))
}

async function keep(tx: Tx, purpose: Purpose, address: string): Promise<void> {
  const id = tx.newId()
  const address_box = await sealText(tx, await organizationKey(tx), place, address)
  await tx.db.insertInto('mail_requests').values({ organization_id: tx.organizationId, id, purpose, address_box, created_at: new Date() }).execute()
  await enqueue(tx, answerMailRequestJob.name, { request: id })
}

export const answerMailRequestJob = job({
  name: 'mail-request.answer',
  payload: z.object({ request: z.uuid() }),
  async run({ database, organizationId }, { request }) {
    await database.write(organizationId, (tx) => answer(tx, request))
  },
})

async function answer(tx: Tx, id: string): Promise<void> {
  const request = await tx.db.deleteFrom('mail_requests').where('id', '=', id).returning(['purpose', 'address_box']).executeTakeFirst()
  if (!request) return
  const address = await openText(tx, await organizationKey(tx), place, request.address_box)
  const account = await findAccount(tx.db, tx.keyring, address)
  if (request.purpose === 'reset') {
    if (account) await post(tx, await letterOfReset(tx, account.id, address))
  } else {
    await post(tx, account ? haveAccountLetter(account.id) : signUpLetter(address, await createMailLink(tx, 'sign-up', { address })))
  }
}

/** A link, or the word that there is none where this organisation's provider lets the person in. */
export async function letterOfReset(tx: Tx, accountId: string, address: string) {
  const byProvider = !await passwordOpens(tx, { id: accountId, address })
  return byProvider ? resetByProviderLetter(accountId) : resetLetter(accountId, await createMailLink(tx, 'reset', { accountId }))
}
