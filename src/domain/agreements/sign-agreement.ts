import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import { demandMember } from '../../access/may.ts'
import { ownPerson } from '../../access/people.ts'
import { personKey } from '../../access/person-key.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Conflict, Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { getPerson } from '../people/index.ts'
import { type Agreement, agreementTexts, findSignature, isAskedOf, signedKind, signing } from './agreement.ts'

/** The agreement as it is asked of this person, or as they signed it. Throws NotFound where it is neither. */
export async function askedOf(tx: Tx, actor: Actor, slug: string): Promise<{ agreement: Agreement; personId: string }> {
  const [agreement, personId] = [await agreementTexts.get(tx, slug), await ownPerson(tx, actor)]
  if (!isAskedOf(agreement, await getPerson(tx, personId)) && !(await findSignature(tx, agreement, personId))?.signed_at) throw new NotFound()
  return { agreement, personId }
}

/** What was on the page is what is signed: the text is named by its hash, and one that has changed since is refused. */
export const signAgreement = verb({
  name: 'agreement.sign', summary: 'Sign an agreement that you have read, with your name and your second factor.', may: 'own.do', stepUp: true,
  entries: signing,
  input: z.object({
    agreement: agreementTexts.Slug, text_sha256: z.string().regex(/^[0-9a-f]{64}$/, 'Give the SHA-256 of the text that you read.'),
    name: z.string().trim().min(1, 'Type your name.').max(200).describe('Your name, as a signature'),
    agreed: z.literal(true, 'Tick that you have read it and agree.'),
  }),
  async run({ tx, actor }, { agreement: slug, text_sha256: read, name }) {
    const { agreement, personId } = await askedOf(tx, actor, slug)
    if (agreement.body_sha256.toString('hex') !== read) throw new Conflict('agreement_changed',
      'Another version was published while you were reading. Read that one, then sign it.')
    const { personName } = demandMember(actor)
    if (!isName(name, personName)) throw new Invalid({ name: `Type your name as it stands here: ${personName}.` })
    const before = await tx.db.selectFrom('agreement_signatures').selectAll().where('agreement_id', '=', agreement.agreement_id)
      .where('person_id', '=', personId).forUpdate().executeTakeFirst()
    refuseIf(before?.signed_at, 'already_signed', 'You have signed this agreement already.')
    const { entryId } = await append(tx, signedKind(agreement), {
      subjects: { person: personId }, marks: {}, vouch: 'both', keyId: await personKey(tx, personId),
      facts: { agreement: slug, title: agreement.title, version: agreement.version, text_sha256: read, signed_as: name },
    })
    const given = { version_id: agreement.id, attachment_id: null, signed_at: timestampOf(tx.now), entry_id: entryId }
    await tx.db.insertInto('agreement_signatures')
      .values({ organization_id: tx.organizationId, id: tx.newId(), agreement_id: agreement.agreement_id, person_id: personId, ...given })
      .onConflict((conflict) => conflict.columns(['organization_id', 'agreement_id', 'person_id']).doUpdateSet(given)).execute()
    return { agreement: slug, version: agreement.version, entry: entryId }
  },
})

/** Case, accents, spaces and hyphens make no difference; another name does. */
export const isName = (typed: string, name: string): boolean => /[\p{L}\p{N}]/u.test(typed) && forgiving.compare(typed, name) === 0

const forgiving = new Intl.Collator('en', { sensitivity: 'base', ignorePunctuation: true })
