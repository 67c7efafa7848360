import type { RawBuilder } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import type { Promises } from '../policies/index.ts'

/** One thing that people owe, each for themselves: a policy to accept, a course to pass. */
export interface DutyColumn {
  /** Unique among all practices: `policy/3f…`. */
  readonly key: string
  readonly title: string
  /** Where at the desk there is more about it. */
  readonly place: string
}

/**
 * What a practice has people do. `cells` is SQL that selects `person_id uuid, key text, due_at timestamptz, done_at timestamptz` from the practice's
 * own rows, joined with those it is asked about, `team (person_id, account_id, member, roles, country, joined_at)`: one row for whoever has to.
 * Who is in no row was not asked; `done_at` null is still open.
 */
export interface DutyPractice {
  readonly name: string
  /** Columns of practices stand in this order. */
  readonly order: number
  /** Where somebody's manager sees what of it is still open; left out: it is nothing to them. */
  readonly managers?: string
  /** Whether others do it for them, so that nobody is reminded of it in person: a check of their background. */
  readonly byOthers?: boolean
  columns(tx: Tx, promises: Promises): Promise<Asked>
}

export interface Asked { readonly columns: readonly DutyColumn[]; readonly cells: RawBuilder<unknown> }

const practices: DutyPractice[] = []

/** Adds a practice's columns to the table. Called once, where its module is declared. */
export function addDuties(practice: DutyPractice): void {
  practices.push(practice)
  practices.sort((a, b) => a.order - b.order)
}

export const dutyPractices = (): readonly DutyPractice[] => practices
export const inPerson = (): readonly DutyPractice[] => practices.filter(({ byOthers }) => !byOthers)
