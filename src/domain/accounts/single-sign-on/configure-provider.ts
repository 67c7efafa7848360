import { z } from 'zod'
import '../../../access/tables.ts'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid, NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { organizationKey, sealText } from '../../../seal/envelope.ts'
import { verb } from '../../../verbs/verb.ts'
import { providerConfigured, providerRemoved } from './kinds.ts'
import { providerRow, secretPlace } from './provider.ts'

/** OpenID Connect Discovery 1.0, section 4: a URL without query or fragment. Whether it may be asked is decided when it is asked. */
const Issuer = z.url({ protocol: /^https?$/, error: 'Write it as your provider does: https://login.example.org' }).max(500)
  .refine((url) => !/[?#@]/.test(url), 'An issuer has no ?, no # and no @ in it.')

export const configureProvider = verb({
  name: 'sign-in-provider.configure', summary: 'Sets the OpenID provider by which the team signs in.', may: 'sign-in.manage', stepUp: true,
  entries: ['sign-in-provider.configured'],
  input: z.object({
    name: z.string().trim().min(1, 'Say what your people call it.').max(60).describe('What the button says: Sign in with …'),
    issuer: Issuer.describe('The provider’s issuer: https://login.example.org'),
    client_id: z.string().trim().min(1, 'The provider gives it when you register Avow there.').max(300),
    client_secret: z.string().trim().min(1).max(2000).optional().describe('Left out: the one that is there stays. It is never shown again.'),
    groups_claim: z.string().trim().regex(/^[\w.:/-]{1,200}$/, 'Write the claim’s name as the provider does.').default('groups'),
    trusts_second_factor: z.boolean().default(false).describe('Take its word where it says that it has asked for a second factor.'),
  }),
  async run({ tx }, { client_secret, ...input }) {
    const before = await providerRow(tx)
    if (!client_secret && before?.issuer !== input.issuer) throw new Invalid({ client_secret: 'The provider gives it when you register Avow there.' })
    const secret = client_secret ? await sealed(tx, client_secret) : { key_id: before!.key_id, secret_box: before!.secret_box }
    const row = { ...input, ...secret, configured_at: timestampOf(tx.now) }
    await tx.db.insertInto('sign_in_providers').values({ organization_id: tx.organizationId, ...row })
      .onConflict((conflict) => conflict.column('organization_id').doUpdateSet(row)).execute()
    // Another provider means other people by its subjects.
    if (before && before.issuer !== input.issuer) await tx.db.deleteFrom('provider_identities').execute()
    const { issuer, client_id, trusts_second_factor } = input
    await append(tx, providerConfigured, { subjects: {}, marks: {}, facts: { issuer, client_id, trusts_second_factor } })
  },
})

async function sealed(tx: Tx, secret: string) {
  const key_id = await organizationKey(tx)
  return { key_id, secret_box: await sealText(tx, key_id, secretPlace, secret) }
}

export const removeProvider = verb({
  name: 'sign-in-provider.remove', summary: 'Takes the identity provider away, and ends the sessions that it began.', may: 'sign-in.manage', stepUp: true,
  entries: ['sign-in-provider.removed'],
  input: z.object({}),
  async run({ tx }) {
    const removed = await tx.db.deleteFrom('sign_in_providers').returning('issuer').executeTakeFirst()
    if (!removed) throw new NotFound()
    const required = await tx.db.selectFrom('sign_in_domains').select('domain').where('required_at', 'is not', null).executeTakeFirst()
    refuseIf(required, 'single_sign_on_required', `Single sign-on is required for ${required?.domain}. Let its people use passwords first.`)
    await tx.db.deleteFrom('provider_identities').execute()
    await tx.db.deleteFrom('sessions').where('only_for', '=', tx.organizationId).execute()
    await append(tx, providerRemoved, { subjects: {}, marks: {}, facts: { issuer: removed.issuer } })
  },
})
