import { identityOf } from '../../../access/accounts.ts'
import { domainOf, isRequired } from '../../../access/sign-in-domains.ts'
import type { Tx } from '../../../db/tx.ts'
import { append } from '../../../ledger/index.ts'
import { post, toTeam } from '../../../mail/index.ts'
import type { Page } from '../../../web/page.ts'
import { exceptionUsed } from './kinds.ts'

/** Whoever enters beside the provider where single sign-on is required does so before the eyes of all who look after sign-in. */
export async function noticeException(page: Page, accountId: string): Promise<void> {
  const { database } = page.deps
  const named = await database.read(page.organization.id, (tx) => isNamed(tx, accountId))
  if (named) await database.write(page.organization.id, (tx) => notice(tx, accountId))
}

async function isNamed(tx: Tx, accountId: string): Promise<boolean> {
  const account = await tx.db.selectFrom('sign_in_exceptions').innerJoin('accounts', 'accounts.id', 'account_id').selectAll('accounts')
    .where('account_id', '=', accountId).executeTakeFirst()
  return account !== undefined && isRequired(tx, domainOf((await identityOf(tx.keyring, account)).address))
}

async function notice(tx: Tx, person: string): Promise<void> {
  await append(tx, exceptionUsed, { subjects: { person }, marks: {}, facts: {} })
  await post(tx, { to: await toTeam(tx, 'sign-in.manage'), subject: 'Somebody entered without single sign-on', text: noticeText })
}

const noticeText = `An administrator gave the right password although single sign-on is required. The exception is there for a day when the provider is down.

Who the exceptions are:

{link:/desk/single-sign-on}

If the provider works and nobody should have done that, end the exception there and have the password changed.`
