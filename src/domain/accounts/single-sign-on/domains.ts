import { z } from 'zod'
import { domainOf } from '../../../access/sign-in-domains.ts'
import { newToken } from '../../../access/tokens.ts'
import type { SignInDomainRow } from '../../../access/sign-in-tables.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { enqueue } from '../../../jobs/index.ts'
import { NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { verb } from '../../../verbs/verb.ts'
import { domainClaimed, domainReleased, singleSignOnLoosened, singleSignOnRequired } from './kinds.ts'

const Domain = z.string().trim().max(253).transform(domainOf)
  .refine((domain) => /^([a-z0-9-]{1,63}\.)+[a-z0-9-]{2,63}$/.test(domain), 'Write the part after the @, such as example.org.')

/** The DNS record of type TXT that shows whose the domain is. */
export const recordOf = ({ domain, proof }: Pick<SignInDomainRow, 'domain' | 'proof'>) => ({ name: `_avow.${domain}`, text: `avow-domain=${proof}` })

/** Looked for at once, and by the clock as long as the domain is claimed. */
export const lookJob = 'sign-in-domains.look'

export const claimDomain = verb({
  name: 'sign-in-domain.claim', summary: 'Claims a mail domain; a DNS record has to show that it is yours.', may: 'sign-in.manage', stepUp: true,
  entries: ['sign-in-domain.claimed'],
  input: z.object({ domain: Domain }),
  output: z.object({ record: z.object({ name: z.string(), text: z.string() }) }),
  async run({ tx }, { domain }) {
    const proof = newToken()
    const row = { organization_id: tx.organizationId, domain, proof, claimed_at: timestampOf(tx.now) }
    const claimed = await tx.db.insertInto('sign_in_domains')
      .values({ ...row, looked_at: null, proved_at: null, missing_since: null, required_at: null })
      .onConflict((conflict) => conflict.doNothing()).returning('domain').executeTakeFirst()
    refuseIf(!claimed, 'domain_claimed_already', 'This domain is in the list already.')
    await append(tx, domainClaimed, { subjects: {}, marks: {}, facts: { domain } })
    await enqueue(tx, lookJob, {}, { key: 'soon' })
    return { record: recordOf(row) }
  },
})

export const lookAgain = verb({
  name: 'sign-in-domain.look', summary: 'Looks for the DNS records of the claimed domains now.', may: 'sign-in.manage', entries: [],
  input: z.object({}),
  async run({ tx }) { await enqueue(tx, lookJob, {}, { key: 'soon' }) },
})

export const releaseDomain = verb({
  name: 'sign-in-domain.release', summary: 'Gives up a mail domain: the provider and the directory no longer speak for its addresses.', may: 'sign-in.manage',
  stepUp: true, entries: ['sign-in-domain.released'],
  input: z.object({ domain: Domain }),
  async run({ tx }, { domain }) {
    const { numDeletedRows } = await tx.db.deleteFrom('sign_in_domains').where('domain', '=', domain).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    await append(tx, domainReleased, { subjects: {}, marks: {}, facts: { domain } })
  },
})

export const requireSingleSignOn = verb({
  name: 'single-sign-on.require', summary: 'Decides whether people with an address of a domain enter by the provider alone.', may: 'sign-in.manage',
  stepUp: true, entries: ['single-sign-on.required', 'single-sign-on.loosened'],
  input: z.object({ domain: Domain, required: z.boolean() }),
  async run({ tx }, { domain, required }) {
    const row = await tx.db.selectFrom('sign_in_domains').selectAll().where('domain', '=', domain).forUpdate().executeTakeFirst()
    if (!row) throw new NotFound()
    if (required) await demandWayIn(tx, row)
    await tx.db.updateTable('sign_in_domains').set({ required_at: required ? timestampOf(tx.now) : null }).where('domain', '=', domain).execute()
    await append(tx, required ? singleSignOnRequired : singleSignOnLoosened, { subjects: {}, marks: {}, facts: { domain } })
  },
})

/** Nobody is shut out by a slip: the provider has let somebody in before, and an administrator can enter without it. */
async function demandWayIn(tx: Tx, { proved_at }: SignInDomainRow): Promise<void> {
  refuseIf(!proved_at, 'domain_not_proved', 'The DNS has not shown yet that this domain is yours.')
  const entered = await tx.db.selectFrom('provider_identities').select('account_id').limit(1).executeTakeFirst()
  refuseIf(!entered, 'provider_not_tried', 'Nobody has signed in by the provider yet. Try it yourself first, so that nobody is shut out.')
  const exception = await tx.db.selectFrom('sign_in_exceptions').innerJoin('memberships', 'memberships.account_id', 'sign_in_exceptions.account_id')
    .innerJoin('accounts', 'accounts.id', 'sign_in_exceptions.account_id').select('sign_in_exceptions.account_id')
    .where('ended_at', 'is', null).where('password_hash', 'is not', null).limit(1).executeTakeFirst()
  refuseIf(!exception, 'exception_missing', 'Name an administrator with a password who can enter when the provider is down.')
}
