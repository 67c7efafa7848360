import type { Module } from '../../web/module.ts'
import { approvalPages } from './pages/approvals.tsx'
import { listApprovals } from './waiting.ts'

/**
 * What takes two people, on one screen for the second one: a mail leads here, it works on a phone, and it asks for the second factor. Nothing is
 * kept here; each thing that waits belongs to its own module, whose verb approves it.
 */
export const approvals: Module = {
  name: 'approvals',
  verbs: [],
  queries: [listApprovals],
  pages: approvalPages,
}
