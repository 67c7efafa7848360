import type { Permission } from '../../access/roles.ts'
import type { Database } from '../../db/database.ts'
import type { Work } from '../../verbs/verb.ts'

/** Whole days, where the organisation is, and the moments that bound them. */
export interface Period { readonly from: string; readonly to: string; readonly since: Temporal.Instant; readonly until: Temporal.Instant }

export interface Member { readonly id: string; readonly at: Date }

/** The same population as somebody else knows it: the ledger, the identity provider, a list. */
export interface Source { readonly source: string; readonly ids: readonly string[] }

/** Something of which an auditor can draw a sample. A practice declares its own, once, where its module is. */
export interface Samplable {
  /** Stored with samples, so never renamed: `person.joined`. */
  readonly name: string
  readonly title: string
  /** The ledger's kind of subject. */
  readonly subject: string
  /** What it takes to see them, beside the right to draw. */
  readonly may: Permission
  population(work: Work, period: Period): Promise<readonly Member[]>
  sources(work: Work, period: Period): Promise<readonly Source[]>
  /** What people call them; nobody's name where the actor may not see them. */
  namesOf(work: Work, ids: readonly string[]): Promise<(id: string) => string>
  /** What a list from outside calls them, to compare it: an address, a number. */
  keysOf(work: Work, ids: readonly string[]): Promise<(id: string) => string>
  /** Of those drawn, whom the actor may see today; everybody, unless said. */
  visible?(work: Work, ids: readonly string[]): Promise<readonly string[]>
  /** Entries about them that are evidence; all, unless said. */
  counts?(kind: string): boolean
}

/** One file that belongs to somebody drawn. The same bytes whenever it is opened. */
export interface EvidenceFile {
  readonly name: string
  readonly sha256: string
  open(database: Database, organizationId: string): Promise<Uint8Array> | Promise<AsyncIterable<Uint8Array>>
}

/** What a practice has to show of a kind of subject, whoever it was drawn by: the text that was accepted, an attached file. */
export interface Evidence {
  readonly name: string
  readonly subject: string
  filesOf(work: Work, ids: readonly string[]): Promise<ReadonlyMap<string, readonly EvidenceFile[]>>
}

const samplables = new Map<string, Samplable>()
const evidence: Evidence[] = []

export function addSamplable(samplable: Samplable): void { samplables.set(samplable.name, samplable) }
export function addEvidence(one: Evidence): void { evidence.push(one) }

export const listSamplables = (): Samplable[] => [...samplables.values()]
export const findSamplable = (name: string): Samplable | undefined => samplables.get(name)
export const evidenceOf = (subject: string): Evidence[] => evidence.filter((one) => one.subject === subject)
