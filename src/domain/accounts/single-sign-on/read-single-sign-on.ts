import { z } from 'zod'
import { identityOf } from '../../../access/accounts.ts'
import { query } from '../../../verbs/verb.ts'
import { recordOf } from './domains.ts'
import { providerRow } from './provider.ts'

const when = z.iso.datetime().nullable()

export const readSingleSignOn = query({
  name: 'single-sign-on.read', summary: 'Shows the identity provider, the mail domains, what groups may do, and who may enter without the provider.',
  may: 'sign-in.manage', input: z.object({}),
  output: z.object({
    provider: z.object({ name: z.string(), issuer: z.string(), client_id: z.string(), groups_claim: z.string(), trusts_second_factor: z.boolean() }).nullable(),
    domains: z.array(z.object({
      domain: z.string(), record: z.object({ name: z.string(), text: z.string() }), looked_at: when, proved_at: when, missing_since: when, required_at: when,
    })),
    groups: z.array(z.object({ group: z.string().describe('Empty: everybody'), roles: z.array(z.string()) })),
    exceptions: z.array(z.object({ person: z.uuid(), name: z.string(), named_at: z.iso.datetime() })),
    people: z.int().describe('How many the provider has let in so far'),
  }),
  async run({ tx }) {
    const provider = await providerRow(tx)
    const domains = await tx.db.selectFrom('sign_in_domains').selectAll().orderBy('domain').execute()
    const groups = await tx.db.selectFrom('group_roles').select(['group_name as group', 'roles']).orderBy('group_name').execute()
    const named = await tx.db.selectFrom('sign_in_exceptions').innerJoin('accounts', 'accounts.id', 'account_id').selectAll('accounts').select('named_at')
      .orderBy('named_at').execute()
    const exceptions = named.map(async (row) => ({ person: row.id, name: (await identityOf(tx.keyring, row)).name, named_at: row.named_at.toISOString() }))
    const { people } = await tx.db.selectFrom('provider_identities').select((is) => is.fn.countAll<number>().as('people')).executeTakeFirstOrThrow()
    return {
      provider: provider ? shown(provider) : null,
      domains: domains.map((row) => ({
        domain: row.domain, record: recordOf(row), looked_at: text(row.looked_at), proved_at: text(row.proved_at), missing_since: text(row.missing_since),
        required_at: text(row.required_at),
      })),
      groups, exceptions: await Promise.all(exceptions), people,
    }
  },
})

/** Everything but the secret, which nobody sees again. */
const shown = ({ name, issuer, client_id, groups_claim, trusts_second_factor }: NonNullable<Awaited<ReturnType<typeof providerRow>>>) =>
  ({ name, issuer, client_id, groups_claim, trusts_second_factor })

const text = (at: Date | null) => at?.toISOString() ?? null
