import { readFileSync } from 'node:fs'
import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { isAsked, type Person } from '../people/index.ts'
import { agreementSigned, confidentialitySigned } from '../systems/index.ts'
import { readTitled, textsOf, type Problem, type Text } from '../texts/index.ts'
import type { AgreementRow, AgreementSignatureRow, AgreementVersionRow } from './tables.ts'

export const agreementTexts = textsOf<'agreement', AgreementRow, AgreementVersionRow, {}>({
  noun: 'agreement', like: 'confidentiality', facts: {},
  published: 'A version of an agreement is there to be signed.',
  withdrawn: 'Nobody is asked to sign the agreement any more. What was signed stays signed.',
})

/** An agreement as its newest version says. */
export type Agreement = Text<AgreementRow, AgreementVersionRow>

/** What signing the agreement is to the promises. */
export const signedKind = ({ confidentiality }: { confidentiality: boolean }): typeof confidentialitySigned =>
  confidentiality ? confidentialitySigned : agreementSigned
export const signing = ['nda.signed', 'agreement.signed'] as const

/** The one that comes with Avow: an example in our own words, with gaps to fill. */
export const exampleText = (): string => readFileSync(new URL('../../../agreements/confidentiality.md', import.meta.url), 'utf8')

/** The title of an agreement, and what keeps it from being asked of anybody. */
export function readAgreement(text: string): { title: string; problems: readonly Problem[] } {
  const { title, problems } = readTitled(text, { noun: 'agreement', like: 'Confidentiality agreement' })
  const gaps = text.split('\n').flatMap((line, i) =>
    [...line.matchAll(/\[fill in: ([^\]]*)/g)].map((gap) => ({ line: i + 1, message: `Still to be filled in: ${gap[1]}.` })))
  return { title, problems: [...problems, ...gaps] }
}

export type Signature = Selectable<AgreementSignatureRow>

export const isAskedOf = (agreement: Agreement, person: Person): boolean => agreement.withdrawn_at === null && isAsked(agreement, person)

const signatures = (tx: Tx) => tx.db.selectFrom('agreement_signatures').selectAll().select(sql<string | null>`signed_on::text`.as('signed_on'))

/** Of each of these people and each agreement, the one signature that there is, or the file that waits to become one. */
export const signaturesOfAll = (tx: Tx, people: readonly string[]) => signatures(tx).where(sql<boolean>`person_id = any (${[...people]}::uuid[])`).execute()

export async function signaturesOf(tx: Tx, personIds: readonly string[]) {
  const found = new Map((await signaturesOfAll(tx, personIds)).map((one) => [`${one.agreement_id} ${one.person_id}`, one]))
  return ({ agreement_id: id }: Agreement, personId: string): Signature | undefined => found.get(`${id} ${personId}`)
}

export const findSignature = async (tx: Tx, agreement: Agreement, personId: string): Promise<Signature | undefined> =>
  (await signaturesOf(tx, [personId]))(agreement, personId)

export async function getSignature(tx: Tx, id: string): Promise<Signature> {
  const found = await signatures(tx).where('id', '=', id).executeTakeFirst()
  if (!found) throw new NotFound()
  return found
}

/** Files that wait for somebody else to look at them, with the agreement that each is of. */
export const copiesToConfirm = (tx: Tx) => tx.db.selectFrom('agreement_signatures as s')
  .innerJoin('agreements as a', (join) => join.onRef('a.organization_id', '=', 's.organization_id').onRef('a.id', '=', 's.agreement_id'))
  .select(['s.id', 's.person_id', 's.brought_by', 'a.slug', sql<string>`s.signed_on::text`.as('signed_on')])
  .where('s.attachment_id', 'is not', null).where('s.signed_at', 'is', null).orderBy('s.brought_at').execute()
