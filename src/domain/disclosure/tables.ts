import type { ColumnType, Generated } from 'kysely'

type Later<T> = ColumnType<T | null, T | null | undefined, T | null>

/** What is proposed: to keep it to ourselves until then, or to publish it then. */
export const topics = ['embargo', 'disclosure'] as const
export type Topic = (typeof topics)[number]

export type Outcome = 'agreed' | 'declined' | 'replaced' | 'over'
export const endings = ['over', 'leak', 'exploitation', 'other', 'reporter', 'disclosed'] as const
export type Ending = (typeof endings)[number]

export interface DisclosureProposalRow {
  organization_id: string
  id: string
  report_id: string
  about: Topic
  /** `company`, `reporter`, or a guest's id. */
  party: string
  account_id: string | null
  due_at: Date | null
  zone: string | null
  reason: Buffer
  proposed_at: Date
  object_by: Date | null
  outcome: Later<Outcome>
  settled_at: Later<Date>
}

export interface DisclosureAnswerRow {
  organization_id: string
  proposal_id: string
  party: string
  account_id: string | null
  accepts: boolean
  reason: Buffer | null
  answered_at: Date
}

export interface EmbargoRow {
  organization_id: string
  report_id: string
  proposal_id: string
  until: Date
  zone: string
  agreed_at: Date
  reminded_at: Later<Date>
  ended_at: Later<Date>
  ended_because: Later<Ending>
  ended_note: Later<Buffer>
}

export interface DisclosureHandlingRow {
  organization_id: string
  critical_days: number
  high_days: number
  medium_days: number
  low_days: number
  remind_days: number
  object_days: number
}

export interface PublicationRow {
  organization_id: string
  report_id: string
  words: Buffer
  company_marks: Buffer
  reporter_marks: Later<Buffer>
  company_messages: Generated<string[]>
  reporter_messages: Generated<string[]>
  credit: Later<Buffer>
  company_approved_at: Later<Date>
  reporter_approved_at: Later<Date>
  published: Later<Buffer>
  published_parts: Generated<number[]>
  published_at: Later<Date>
}

declare module '../../db/tables.ts' {
  interface Tables {
    disclosure_proposals: DisclosureProposalRow
    disclosure_answers: DisclosureAnswerRow
    embargoes: EmbargoRow
    disclosure_handling: DisclosureHandlingRow
    publications: PublicationRow
  }
}
