import type { Generated } from 'kysely'

declare module '../db/tables.ts' {
  interface Tables {
    entries: EntryRow
    pending: PendingRow
    cases: CaseRow
    signing_keys: SigningKeyRow
    leaves: LeafRow
    tiles: TileRow
    checkpoints: CheckpointRow
    cosignatures: CosignatureRow
    log_publication: LogPublicationRow
    held_cases: HeldCaseRow
    witnesses: WitnessRow
    witnessed_logs: WitnessedLogRow
    ledger_faults: LedgerFaultRow
  }
}

/** What happened. `facts` is a box under `key_id`, or plain where that is null (open facts). */
export interface EntryRow {
  organization_id: string
  id: string
  kind: string
  stream: string
  /** Subject kind → pseudonym. */
  cases: Record<string, string>
  marks: Record<string, string>
  /** What the salts of label and marks derive from: see saltsOf(). */
  seed: Buffer
  seal: Buffer
  key_id: string | null
  facts: Buffer
  actor: string
  created_at: Date
}

/** Committed, and not in the log yet. Not part of the ledger: a row leaves when its entry has a leaf. */
export interface PendingRow { organization_id: string; seq: Generated<number>; entry_id: string }

/** The pseudonym of a subject in a stream, or everywhere ('') where it is no secret. */
export interface CaseRow { organization_id: string; scope: string; subject_kind: string; subject_id: string; pseudonym: string }

/** Ed25519 keys of the log and of the witness. `entry_id` announced it; null for the first. */
export interface SigningKeyRow {
  organization_id: string
  purpose: 'log' | 'witness'
  number: number
  name: string
  public_key: Buffer
  key_id: string
  private_key: Buffer
  from_size: number
  entry_id: string | null
  created_at: Date
}

export interface LeafRow { organization_id: string; index: number; entry_id: string; at_ms: number; leaf: Buffer; hash: Buffer }

/** Full tiles only: 256 hashes, and the `root` over them, which is a hash of the tile above. */
export interface TileRow { organization_id: string; level: number; index: number; hashes: Buffer; root: Buffer }

/** The chain of states that the log went through; a size follows exactly one other. */
export interface CheckpointRow { organization_id: string; size: number; previous_size: number; root: Buffer; note: string; at_ms: number }

export interface CosignatureRow { organization_id: string; size: number; witness: string; line: string; at_ms: number }

export interface HeldCaseRow { organization_id: string; pseudonym: string; held_at: Date; released_at: Date | null }

export interface WitnessRow { organization_id: string; vkey: string; url: string; size: Generated<number>; error: string | null; added_at: Date }

export interface WitnessedLogRow { organization_id: string; origin: string; vkey: string; size: Generated<number>; root: Buffer | null; added_at: Date }

export interface LedgerFaultRow { organization_id: string; reason: string; found_at: Date }

export interface LogPublicationRow { organization_id: string; spacing_seconds: number }
