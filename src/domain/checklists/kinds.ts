import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'
import { lists } from './tables.ts'

export const itemDone = defineKind({
  kind: 'checklist.item-done', about: 'One thing on the list of a joiner, a mover or a leaver was done.',
  stream: 'people', subjects: ['person'], vouch: 'company', marks: z.object({ list: z.enum(lists), late: z.enum(['yes', 'no']) }),
  facts: z.object({ item: z.string(), due_on: z.string() }),
})
