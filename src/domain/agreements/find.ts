import { sql, type Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { isAsked, listPeople, type Person } from '../people/index.ts'
import type { AgreementSignatureRow, AgreementVersionRow } from './tables.ts'

/** An agreement as its newest version says. */
export type Agreement = Selectable<AgreementVersionRow> & { readonly slug: string; readonly confidentiality: boolean; readonly withdrawn_at: Date | null }
export type Signature = Selectable<AgreementSignatureRow>

/** Those that nobody is asked for any more among them. */
export const listAgreements = (tx: Tx): Promise<Agreement[]> => tx.db.selectFrom('agreements as a')
  .innerJoin('agreement_versions as v', (join) => join.onRef('v.organization_id', '=', 'a.organization_id').onRef('v.agreement_id', '=', 'a.id'))
  .selectAll('v').select(['a.slug', 'a.confidentiality', 'a.withdrawn_at']).distinctOn('a.slug')
  .orderBy('a.slug').orderBy('v.version', 'desc').execute()

export async function getAgreement(tx: Tx, slug: string): Promise<Agreement> {
  const found = (await listAgreements(tx)).find((one) => one.slug === slug)
  if (!found) throw new NotFound()
  return found
}

export const isAskedOf = (agreement: Agreement, person: Person): boolean => agreement.withdrawn_at === null && isAsked(agreement, person)

/** Those of the team, here or to come, of whom it is asked. */
export const peopleAsked = async (tx: Tx, agreement: Agreement): Promise<Person[]> =>
  (await listPeople(tx)).filter((person) => person.left_at === null && isAskedOf(agreement, person))

const signatures = (tx: Tx) => tx.db.selectFrom('agreement_signatures').selectAll().select(sql<string | null>`signed_on::text`.as('signed_on'))

export const signaturesOf = (tx: Tx, personIds: readonly string[]): Promise<Signature[]> =>
  signatures(tx).where(sql<boolean>`person_id = any (${[...personIds]}::uuid[])`).execute()

export const findSignature = (tx: Tx, agreementId: string, personId: string): Promise<Signature | undefined> =>
  signatures(tx).where('agreement_id', '=', agreementId).where('person_id', '=', personId).executeTakeFirst()

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
