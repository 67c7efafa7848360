/**
 * Checklists: what is to be done for whoever comes, moves or goes, each item with an owner and a day. What may never happen: an item is nobody's; a
 * letter says what is to be done, or for whom.
 */
import type { Module } from '../../web/module.ts'
import { listChecklists, myChecklist, tickItem } from './checklists.ts'
import { followPeople } from './follow.ts'
import { checklistPages } from './pages/index.tsx'
import './tables.ts'
import { readTemplates, setTemplate } from './templates.ts'

followPeople()

export const checklists: Module = {
  name: 'checklists', verbs: [tickItem, setTemplate], queries: [myChecklist, listChecklists, readTemplates], pages: checklistPages,
}

export { myChecklist } from './checklists.ts'
export { checklistJobs } from './follow.ts'
