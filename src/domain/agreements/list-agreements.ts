import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { query } from '../../verbs/verb.ts'
import { ownPerson } from '../../access/people.ts'
import { getPerson, listPeople } from '../people/index.ts'
import { agreementTexts, findSignature, isAskedOf, type Signature, signaturesOf } from './agreement.ts'
import { askedOf } from './sign-agreement.ts'
import type { Actor } from '../../access/actor.ts'

const MyAgreement = z.object({ agreement: z.string(), title: z.string(), version: z.number(), signed_at: z.iso.datetime().nullable() })
export type MyAgreement = z.output<typeof MyAgreement>

export const listMyAgreements = query({
  name: 'agreement.mine', summary: 'The agreements that you have to sign, and those that you have signed.', may: 'own.do', input: z.object({}),
  output: z.object({ agreements: z.array(MyAgreement) }),
  async run({ tx, actor }) {
    const personId = await ownPerson(tx, actor)
    const me = await getPerson(tx, personId)
    const signed = await signaturesOf(tx, [personId])
    const mine = (await agreementTexts.list(tx)).filter((one) => isAskedOf(one, me) || signed(one, personId)?.signed_at)
    return { agreements: mine.map((one) => ({
      agreement: one.slug, title: one.title, version: one.version, signed_at: signed(one, personId)?.signed_at?.toISOString() ?? null,
    })) }
  },
})

/** What one person reads: what they signed, or, while they have not, what is asked of them now. */
export async function readingOf(tx: Tx, actor: Actor, slug: string) {
  const { agreement, personId } = await askedOf(tx, actor, slug)
  const signature = await findSignature(tx, agreement, personId)
  const signed = signature?.signed_at ? signature : null
  const text = signed?.version_id
    ? await tx.db.selectFrom('agreement_versions').selectAll().where('id', '=', signed.version_id).executeTakeFirstOrThrow() : agreement
  return { slug, signed, title: text.title, version: text.version, text: text.body, text_sha256: text.body_sha256.toString('hex') }
}
export type Reading = Awaited<ReturnType<typeof readingOf>>

const Line = z.object({
  person: z.uuid(), state: z.enum(['to sign', 'file to be confirmed', 'signed']), signed_at: z.iso.datetime().nullable(),
  signature: z.uuid().nullable().describe('Under which its certificate is found'),
})

/** For the lead and the auditor: who signed what, and when. The certificate of each carries its proof. */
export const listAgreementsQuery = query({
  name: 'agreement.list', summary: 'Who has signed which agreement, and who still has to.', may: 'people.read', input: z.object({}),
  output: z.object({ agreements: z.array(z.object({
    agreement: z.string(), title: z.string(), version: z.number(), text_sha256: z.string(), confidentiality: z.boolean(), roles: z.array(z.string()),
    countries: z.array(z.string()), people: z.array(Line),
  })) }),
  async run({ tx }) {
    const people = (await listPeople(tx)).filter(({ left_at: left }) => left === null)
    const signed = await signaturesOf(tx, people.map(({ id }) => id))
    const asked = await agreementTexts.given(tx)
    return { agreements: asked.map((one) => ({
      agreement: one.slug, title: one.title, version: one.version, text_sha256: one.body_sha256.toString('hex'), confidentiality: one.confidentiality,
      roles: one.roles, countries: one.countries,
      people: people.filter((person) => isAskedOf(one, person) || signed(one, person.id)).map(({ id }) => lineOf(id, signed(one, id))),
    })) }
  },
})

const lineOf = (person: string, signature: Signature | undefined): z.output<typeof Line> => ({
  person, state: !signature ? 'to sign' : signature.signed_at ? 'signed' : 'file to be confirmed',
  signed_at: signature?.signed_at?.toISOString() ?? null, signature: signature?.id ?? null,
})
