import { createHash } from 'node:crypto'
import { z } from 'zod'
import { memberRoles } from '../../access/roles.ts'
import { nextVersion } from '../../db/next-version.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { countryName } from '../../lib/countries.ts'
import { Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { post } from '../../mail/index.ts'
import { shortName } from '../../verbs/fields.ts'
import { verb } from '../../verbs/verb.ts'
import { readAgreement } from './agreement-text.ts'
import { getAgreement, peopleAsked, signaturesOf, type Agreement } from './find.ts'
import { agreementPublished, agreementWithdrawn } from './kinds.ts'

export const Slug = shortName('The agreement’s short name: confidentiality')
const Countries = z.string().toUpperCase().default('').transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .refine((all) => all.every((one) => countryName(one)), 'Write two letters for each country: DE, FR.')

/** Whoever has signed stays bound by the text that they read; the others are asked for this one. */
export const publishAgreement = verb({
  name: 'agreement.publish', summary: 'Ask people to sign an agreement, or a new version of one, written in Markdown.', may: 'people.manage',
  entries: ['agreement.published'],
  input: z.object({
    agreement: Slug,
    text: z.string().min(1, 'Write the agreement.').max(300_000, 'Write at most 300,000 characters.').describe('The agreement in Markdown'),
    confidentiality: z.boolean().default(false).describe('Whether signing it is what promises call nda.signed. Said with the first version, for good'),
    roles: z.array(z.enum(memberRoles)).default([]).describe('Who has to sign it; everyone, unless said'),
    countries: Countries.describe('Where those are who have to sign it, as two letters each; everywhere, unless said'),
  }),
  async run({ tx }, { agreement: slug, text, confidentiality, roles, countries }) {
    const { title, problems } = readAgreement(text)
    if (problems.length > 0) throw new Invalid({ text: problems.join(' ') })
    const { id: agreement_id, version } = await nextOf(tx, slug, confidentiality)
    const sha256 = createHash('sha256').update(text).digest()
    await tx.db.insertInto('agreement_versions').values({
      organization_id: tx.organizationId, id: tx.newId(), agreement_id, version, title, body: text, body_sha256: sha256, roles, countries,
      published_at: timestampOf(tx.now),
    }).execute()
    await append(tx, agreementPublished, {
      subjects: { agreement: agreement_id }, marks: { agreement: slug }, facts: { agreement: slug, title, version, text_sha256: sha256.toString('hex') },
    })
    await tellUnsigned(tx, await getAgreement(tx, slug))
    return { agreement: slug, version }
  },
})

export const withdrawAgreement = verb({
  name: 'agreement.withdraw', summary: 'Ask nobody to sign an agreement any more. What was signed stays signed.', may: 'people.manage',
  entries: ['agreement.withdrawn'],
  input: z.object({ agreement: Slug }),
  async run({ tx }, { agreement }) {
    const row = await tx.db.updateTable('agreements').set({ withdrawn_at: timestampOf(tx.now) })
      .where('slug', '=', agreement).where('withdrawn_at', 'is', null).returning('id').executeTakeFirst()
    if (!row) throw new NotFound()
    await append(tx, agreementWithdrawn, { subjects: { agreement: row.id }, marks: { agreement }, facts: {} })
  },
})

/** Whoever joins later finds it at /me, before anything else. */
async function tellUnsigned(tx: Tx, agreement: Agreement): Promise<void> {
  const asked = await peopleAsked(tx, agreement)
  const signed = new Set((await signaturesOf(tx, asked.map(({ id }) => id)))
    .flatMap(({ agreement_id, person_id, signed_at: at }) => at && agreement_id === agreement.agreement_id ? person_id : []))
  const accounts = asked.flatMap(({ id, account_id: account, member }) => account && member && !signed.has(id) ? account : [])
  await post(tx, { to: { accounts }, subject: 'An agreement to sign', text: 'There is an agreement for you to read and sign:\n\n{link:/me/agreements}' })
}

/** The row is locked until the transaction ends, so that two publish one after the other. One that was withdrawn comes back. */
async function nextOf(tx: Tx, slug: string, confidentiality: boolean): Promise<{ id: string; version: number }> {
  const row = await tx.db.insertInto('agreements').values({ organization_id: tx.organizationId, id: tx.newId(), slug, confidentiality })
    .onConflict((conflict) => conflict.columns(['organization_id', 'slug']).doUpdateSet({ withdrawn_at: null }))
    .returning(['id', 'confidentiality']).executeTakeFirstOrThrow()
  refuseIf(row.confidentiality !== confidentiality, 'agreement_is_another', row.confidentiality
    ? 'An agreement of this name is about confidentiality. Give this one another name.'
    : 'An agreement of this name is about something else. Give this one another name.')
  return { id: row.id, version: await nextVersion(tx, { in: 'agreement_versions', of: 'agreement_id', id: row.id }) }
}
