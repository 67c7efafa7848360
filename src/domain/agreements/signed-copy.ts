import { z } from 'zod'
import { demandAnother, personBehind } from '../../access/person-behind.ts'
import { personKey } from '../../access/person-key.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { askForApproval } from '../../mail/index.ts'
import { claimAttachments, listAttachments, type Owner } from '../../seal/attachments.ts'
import { AttachmentId } from '../../verbs/fields.ts'
import { readMoment } from '../../verbs/moment.ts'
import { verb } from '../../verbs/verb.ts'
import { getPerson } from '../people/index.ts'
import { agreementTexts, findSignature, getSignature, type Signature, signedKind, signing } from './agreement.ts'

export const ownerOfCopy = (signatureId: string): Owner => ({ kind: 'signature', id: signatureId })

/** What was signed on paper counts when somebody else has looked at it. */
export const bringCopy = verb({
  name: 'agreement.bring-copy', summary: 'Upload the file of an agreement that somebody signed elsewhere. It counts when another person has looked at it.',
  may: 'people.manage', entries: [],
  input: z.object({
    agreement: agreementTexts.Slug, person: z.uuid(), file: AttachmentId,
    signed_on: z.iso.date('Write the day that stands on it: 2026-01-31.').describe('The day that stands on it'),
  }),
  async run({ tx, actor }, { agreement: slug, person, file, signed_on }) {
    const agreement = await agreementTexts.getGiven(tx, slug)
    await getPerson(tx, person)
    if (Temporal.Instant.compare(await readMoment(tx, signed_on), tx.now) > 0) throw new Invalid({ signed_on: 'This day has not come yet.' })
    const before = await findSignature(tx, agreement, person)
    refuseIf(before?.signed_at, 'already_signed', 'This person has signed it already.')
    if (before) await dropCopy(tx, before)
    const id = tx.newId()
    await claimAttachments(tx, [file], await personKey(tx, person), ownerOfCopy(id))
    await tx.db.insertInto('agreement_signatures').values({
      organization_id: tx.organizationId, id, agreement_id: agreement.agreement_id, person_id: person, attachment_id: file, signed_on,
      brought_by: await personBehind(tx, actor), brought_at: timestampOf(tx.now),
    }).execute()
    await askForApproval(tx, 'A file of a signed agreement')
    return { signature: id }
  },
})

const Waiting = z.object({ signature: z.uuid() })

export const confirmCopy = verb({
  name: 'agreement.confirm-copy', summary: 'Say, as a second person, that you have looked at the file and that it is what it is said to be.',
  may: 'approvals.give', stepUp: true, entries: signing, input: Waiting,
  async run(work, { signature: id }) {
    const { tx } = work
    const waiting = await lockCopy(tx, id)
    const me = await demandAnother(work, waiting.brought_by, 'Somebody else than whoever uploaded it has to look at it.')
    const agreement = await tx.db.selectFrom('agreements').selectAll().where('id', '=', waiting.agreement_id).executeTakeFirstOrThrow()
    const [file] = await listAttachments(tx, ownerOfCopy(id))
    const { entryId } = await append(tx, signedKind(agreement), {
      subjects: { person: waiting.person_id }, marks: {}, vouch: 'company', keyId: await personKey(tx, waiting.person_id),
      facts: { agreement: agreement.slug, file_sha256: file!.sha256 }, effectiveAt: await readMoment(tx, waiting.signed_on!),
    })
    await tx.db.updateTable('agreement_signatures').set({ confirmed_by: me, signed_at: timestampOf(tx.now), entry_id: entryId }).where('id', '=', id).execute()
    return { agreement: agreement.slug, entry: entryId }
  },
})

export const rejectCopy = verb({
  name: 'agreement.reject-copy', summary: 'Say that the file is not what it is said to be. It is deleted, and another one can be uploaded.',
  may: 'approvals.give', entries: [], input: Waiting,
  async run({ tx }, { signature: id }) { await dropCopy(tx, await lockCopy(tx, id)) },
})

async function lockCopy(tx: Tx, id: string): Promise<Signature> {
  await tx.db.selectFrom('agreement_signatures').select('id').where('id', '=', id).forUpdate().execute()
  const found = await getSignature(tx, id)
  if (!found.attachment_id) throw new NotFound()
  refuseIf(found.signed_at, 'already_signed', 'Somebody has confirmed it already.')
  return found
}

async function dropCopy(tx: Tx, { id, attachment_id: file }: Signature): Promise<void> {
  await tx.db.deleteFrom('agreement_signatures').where('id', '=', id).execute()
  await tx.db.deleteFrom('attachments').where('id', '=', file!).execute()
}
