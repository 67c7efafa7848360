import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { NotFound } from '../../../lib/errors.ts'
import { findKey, openText, organizationKey, sealText } from '../../../seal/envelope.ts'
import { verb } from '../../../verbs/verb.ts'

const context = (id: string) => `message-template:${id}`

export interface Template { readonly id: string; readonly name: string; readonly body: string }

export const saveTemplate = verb({
  name: 'message-template.save', summary: 'Write a template for messages, or change it.', may: 'reports.triage', entries: [],
  input: z.object({
    template: z.uuid().optional().describe('The one that is changed'), name: z.string().trim().min(1, 'Give it a name.').max(60, 'At most 60 characters.'),
    body: z.string().trim().min(1, 'Write what it says.').max(10_000, 'At most 10,000 characters.').describe('Its text; {reporter} and the like are filled in'),
  }),
  async run({ tx }, { template, name, body }) {
    const id = template ?? tx.newId()
    if (template && !(await tx.db.selectFrom('message_templates').select('id').where('id', '=', id).executeTakeFirst())) throw new NotFound()
    const row = { name, body: await sealText(tx, await organizationKey(tx), context(id), body), changed_at: timestampOf(tx.now) }
    await tx.db.insertInto('message_templates').values({ organization_id: tx.organizationId, id, ...row })
      .onConflict((conflict) => conflict.columns(['organization_id', 'id']).doUpdateSet(row)).execute()
    return { template: id }
  },
})

export const deleteTemplate = verb({
  name: 'message-template.delete', summary: 'Delete a template for messages.', may: 'reports.triage', entries: [],
  input: z.object({ template: z.uuid() }),
  async run({ tx }, { template }) {
    const { numDeletedRows } = await tx.db.deleteFrom('message_templates').where('id', '=', template).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
  },
})

export async function templates(tx: Tx): Promise<Template[]> {
  const rows = await tx.db.selectFrom('message_templates').select(['id', 'name', 'body']).orderBy('name').execute()
  if (rows.length === 0) return []
  const keyId = (await findKey(tx, 'organization', tx.organizationId))!
  return Promise.all(rows.map(async ({ id, name, body }) => ({ id, name, body: await openText(tx, keyId, context(id), body) })))
}

/** What a template can say of the case, and what each stands for. */
export const variables = {
  reference: 'the report’s reference', id: 'its short number', title: 'its title', reporter: 'the reporter’s name, or “reporter”',
    due: 'the day by which the next thing is due', me: 'your name',
  team: 'the organisation’s name', state: 'how it stands',
} as const
export type Values = Readonly<Record<keyof typeof variables, string>>

/** Puts in what is known; what is called otherwise stays as it was written, to be seen. */
export const filledIn = (body: string, values: Values): string =>
  body.replaceAll(/\{(\w+)\}/g, (as, name: string) => Object.hasOwn(values, name) ? values[name as keyof Values] : as)
