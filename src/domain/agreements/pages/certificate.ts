import { factsIfKept } from '../../../ledger/index.ts'
import { identitiesOf, listPeople } from '../../people/index.ts'
import { addCertificates } from '../../samples/index.ts'
import { signaturesOfAll, type Signature } from '../agreement.ts'

export interface SignedFacts { agreement: string; title?: string; version?: number; text_sha256?: string; signed_as?: string; file_sha256?: string }

/** What the certificate of a signature says: one that was given here, or one on a file that two people have seen. */
export const paperOf = ({ signed_at: at, signed_on: on }: Pick<Signature, 'signed_at' | 'signed_on'>, facts: SignedFacts, name: string) => ({
  name: `${facts.agreement}-signature`, title: 'Certificate of a signature', about: facts.signed_as ?? name, at: at!,
  sentence: facts.title ? `has signed “${facts.title}”, with this name and a second factor.`
    : `has signed the agreement “${facts.agreement}” on a file; two people have seen it.`,
  lines: facts.title ? [
    ['Signed', at!.toISOString()], ['Agreement', `${facts.title}, version ${facts.version}`], ['SHA-256 of the agreement’s text', facts.text_sha256!],
  ] as const : [['Signed, as the file says', on!], ['Recorded', at!.toISOString()], ['SHA-256 of the file', facts.file_sha256!]] as const,
})

addCertificates('certificates of signatures', async ({ tx }, ids) => {
  const identity = await identitiesOf(tx, await listPeople(tx, { ids }))
  const papers = (await signaturesOfAll(tx, ids)).map(async (signature) => {
    const facts = signature.entry_id && await factsIfKept(tx, signature.entry_id) as SignedFacts | null
    return facts ? [{ ...paperOf(signature, facts, identity(signature.person_id).name), person: signature.person_id, entryId: signature.entry_id!,
      name: `${facts.agreement}-certificate` }] : []
  })
  return (await Promise.all(papers)).flat()
})
