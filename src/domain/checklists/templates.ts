import { readFileSync } from 'node:fs'
import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { readCsv } from '../../lib/csv.ts'
import { Invalid } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { lists, type List } from './tables.ts'

/** One line of a list. `days` count from the first day, the last, or that of the move; before it they are negative. */
export interface TemplateItem {
  readonly days: number
  /** `self`, `manager`, a role, or somebody's mail address. */
  readonly owner: string
  readonly item: string
  readonly records: 'access.revoked' | null
}

/** The one that comes with Avow: what everybody needs, and nobody finds too much. An organisation writes its own where its work is different. */
const shipped = (list: List): string => readFileSync(new URL(`../../../checklists/${list}.csv`, import.meta.url), 'utf8')

/** Throws `Invalid` at the field `items`, with each line that cannot be read. */
export function readTemplate(text: string): TemplateItem[] {
  const [head, ...rows] = readCsv(text)
  const names = head?.cells.map((cell) => cell.toLowerCase()) ?? []
  if (!['days', 'owner', 'item'].every((name) => names.includes(name))) throw new Invalid({ items: 'Begin with the line: days,owner,item,records' })
  const errors: string[] = []
  const items = rows.map(({ line, cells }): TemplateItem => {
    const [days = '', owner = '', item = '', records = ''] = ['days', 'owner', 'item', 'records'].map((name) => cells[names.indexOf(name)])
    if (!/^[+-]?\d{1,3}$/.test(days)) errors.push(`Line ${line}: “${days}” is no number of days, such as -7 or 14.`)
    if (!/^(?:[a-z][a-z0-9-]{1,39}|[^@\s]+@[^@\s]+)$/.test(owner)) errors.push(`Line ${line}: the owner is self, manager, a role, or a mail address.`)
    if (item === '' || item.length > 500) errors.push(`Line ${line}: say in 500 characters at most what is to be done.`)
    if (records !== '' && records !== 'access.revoked') errors.push(`Line ${line}: access.revoked is the one entry that an item can record.`)
    return { days: Number(days), owner, item, records: records === 'access.revoked' ? records : null }
  })
  if (items.length === 0) errors.push('Give at least one item.')
  if (errors.length > 0) throw new Invalid({ items: errors.join(' ') })
  return items
}

export async function templateOf(tx: Tx, list: List): Promise<string> {
  const row = await tx.db.selectFrom('checklist_templates').select('items').where('list', '=', list).executeTakeFirst()
  return row?.items ?? shipped(list)
}

export const setTemplate = verb({
  name: 'checklist.set-template', summary: 'Write the list of what is to be done for joiners, movers or leavers. Lists that are open stay as they are.',
  may: 'people.manage', entries: [],
  input: z.object({
    list: z.enum(lists),
    items: z.string().max(100_000).describe('CSV with the columns days, owner, item, records; empty: the shipped list counts again').default(''),
  }),
  async run({ tx }, { list, items }) {
    if (items.trim() === '') await tx.db.deleteFrom('checklist_templates').where('list', '=', list).execute()
    else {
      readTemplate(items)
      await tx.db.insertInto('checklist_templates').values({ organization_id: tx.organizationId, list, items })
        .onConflict((conflict) => conflict.columns(['organization_id', 'list']).doUpdateSet({ items })).execute()
    }
    return { list }
  },
})

export const readTemplates = query({
  name: 'checklist.templates', summary: 'The lists for joiners, movers and leavers, as CSV.', may: 'people.read', input: z.object({}),
  output: z.object({ templates: z.array(z.object({ list: z.enum(lists), items: z.string() })) }),
  run: async ({ tx }) => ({ templates: await Promise.all(lists.map(async (list) => ({ list, items: await templateOf(tx, list) }))) }),
})
