import { z } from 'zod'
import { personBehind } from '../../access/person-behind.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { enqueue } from '../../jobs/index.ts'
import { append } from '../../ledger/index.ts'
import { Invalid } from '../../lib/errors.ts'
import { claimAttachments, defaultLimits } from '../../seal/attachments.ts'
import { newSubjectKey, sealJson } from '../../seal/envelope.ts'
import { eraseSubject } from '../../seal/erase-subject.ts'
import { lookupHash } from '../../seal/lookup.ts'
import { AttachmentId } from '../../verbs/fields.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { messageBroughtIn } from './kinds.ts'
import { filesOf, messageContext, type Kept } from './message.ts'

const Brought = z.object({ message: z.uuid(), file: z.string(), again: z.boolean().describe('It was here already') })

/**
 * Mails that reached somebody of the team, as files. They are kept at once, with who brought them, and then taken apart as mail that arrives is; nobody
 * is answered by a machine.
 */
export const importMessages = verb({
  name: 'message.import',
  summary: 'Bring in mails that reached somebody of the team, as files (.eml).',
  may: 'reports.triage',
  input: z.object({ files: z.array(AttachmentId).max(20, 'Bring at most 20 mails at once.').default([])
    .describe('The mails, as uploaded files with their whole source') }),
  output: z.object({ messages: z.array(Brought) }),
  entries: [messageBroughtIn.kind],
  async run(work, { files }) {
    if (files.length === 0) throw new Invalid({ files: 'Choose the file of a mail. Mail programs save one with “Save as”, ending in .eml.' })
    const messages: z.output<typeof Brought>[] = []
    for (const file of new Set(files)) messages.push(await bringIn(work, file))
    return { messages }
  },
})

async function bringIn({ tx, actor }: Work, file: string): Promise<z.output<typeof Brought>> {
  const id = tx.newId()
  const key = await newSubjectKey(tx, 'message', id)
  const [raw] = await claimAttachments(tx, [file], key, filesOf(id), { ...defaultLimits, perOwner: Infinity })
  const { name, size, sha256 } = raw!
  const nothingYet: Kept = { from: null, subject: name, date: null, text: null, why: null, vouching: null }
  const source = await lookupHash(tx, 'message-source', sha256)
  const isNew = await tx.db.insertInto('messages').values({
    organization_id: tx.organizationId, id, key_id: key, source_hash: source, raw_id: file, became: 'under-way', report_id: null,
    message_id_hash: null, sender_hash: null, box: await sealJson(tx, key, messageContext(id), nothingYet), received_at: timestampOf(tx.now),
    brought_by: await personBehind(tx, actor),
  }).onConflict((conflict) => conflict.columns(['organization_id', 'source_hash']).doNothing()).returning('id').executeTakeFirst()
  if (!isNew) {
    await eraseSubject(tx, key)
    const known = await tx.db.selectFrom('messages').select('id').where('source_hash', '=', source).executeTakeFirstOrThrow()
    return { message: known.id, file: name, again: true }
  }
  await append(tx, messageBroughtIn, { subjects: { message: id }, marks: {}, facts: { size, sha256 }, keyId: key })
  await enqueue(tx, 'messages.read-brought', { message: id })
  return { message: id, file: name, again: false }
}
