import { z } from 'zod'
import { memberRoles } from '../../access/roles.ts'
import type { Tx } from '../../db/tx.ts'
import { countryName } from '../../lib/countries.ts'
import { refuseIf } from '../../lib/errors.ts'
import { post } from '../../mail/index.ts'
import { verb } from '../../verbs/verb.ts'
import { listPeople, type Person } from '../people/index.ts'
import { demandReadable } from '../texts/index.ts'
import { type Agreement, agreementTexts, isAskedOf, readAgreement, signaturesOf } from './agreement.ts'

const { Slug, Markdown } = agreementTexts
const Countries = z.string().toUpperCase().default('').transform((text) => text.split(/[\s,;]+/).filter(Boolean))
  .refine((all) => all.every((one) => countryName(one)), 'Write two letters for each country: DE, FR.')

/** Whoever has signed stays bound by the text that they read; the others are asked for this one. */
export const publishAgreement = verb({
  name: 'agreement.publish', summary: 'Ask people to sign an agreement, or a new version of one, written in Markdown.', may: 'people.manage',
  entries: ['agreement.published'],
  input: z.object({
    agreement: Slug, text: Markdown.describe('The agreement in Markdown'),
    confidentiality: z.boolean().default(false).describe('Whether signing it is what promises call nda.signed. Said with the first version, for good'),
    roles: z.array(z.enum(memberRoles)).default([]).describe('Who has to sign it; everyone, unless said'),
    countries: Countries.describe('Where those are who have to sign it, as two letters each; everywhere, unless said'),
  }),
  async run({ tx }, { agreement: slug, text, confidentiality, roles, countries }) {
    const { title, problems } = readAgreement(text)
    demandReadable(problems)
    const { version } = await agreementTexts.publish(tx, slug, { title, body: text, roles, countries }, { noun: { confidentiality }, facts: {} })
    const agreement = await agreementTexts.get(tx, slug)
    refuseIf(agreement.confidentiality !== confidentiality, 'agreement_is_another', agreement.confidentiality
      ? 'An agreement of this name is about confidentiality. Give this one another name.'
      : 'An agreement of this name is about something else. Give this one another name.')
    await askToSign(tx, [agreement], await listPeople(tx))
    return { agreement: slug, version }
  },
})

export const withdrawAgreement = agreementTexts.withdrawal('people.manage', 'Ask nobody to sign an agreement any more. What was signed stays signed.')

/** One letter to each of these people who has any of these agreements to sign and has not. */
export async function askToSign(tx: Tx, agreements: readonly Agreement[], people: readonly Person[]): Promise<void> {
  const signed = await signaturesOf(tx, people.map(({ id }) => id))
  const open = people.filter((person) => agreements.some((one) => isAskedOf(one, person) && !signed(one, person.id)?.signed_at))
  const accounts = open.flatMap(({ account_id: account, member, left_at: left }) => account && member && !left ? account : [])
  await post(tx, { to: { accounts }, subject: 'An agreement to sign', text: 'There is an agreement for you to read and sign:\n\n{link:/me/agreements}' })
}
