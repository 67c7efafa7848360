import { discardDraft } from '../drafts.ts'
import { assignReport, changeMany, closeMany, linkReport, tagReport, unlinkReport, watchReport } from './change-case.ts'
import { addField, fillFields, retireField } from './fields.ts'
import { deleteFilter, saveFilter } from './filters.ts'
import { markRead } from './reads.ts'
import { choosePrefix } from './short-id.ts'
import { addTask, finishTask } from './tasks.ts'
import { deleteTemplate, saveTemplate } from './templates.ts'
import { undoDoing } from './undo.ts'

/** What makes a desk with very many cases bearable. None of it leaves an entry, but that reports are closed. */
export const deskVerbs = [
  choosePrefix, assignReport, tagReport, watchReport, linkReport, unlinkReport, changeMany, closeMany, undoDoing, discardDraft, markRead,
  addTask, finishTask, addField, retireField, fillFields, saveFilter, deleteFilter, saveTemplate, deleteTemplate,
]
