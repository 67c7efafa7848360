import type { PersonRow } from '../../access/people.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Invalid, NotFound } from '../../lib/errors.ts'
import { personMoved } from './kinds.ts'

/** What is said of somebody of the team: what is left out stays, and null is no longer known. Days are `2026-01-31`. */
export interface SaidOfPerson {
  readonly source: PersonRow['source']
  readonly title?: string | null
  readonly department?: string | null
  readonly country?: string | null
  readonly manager_id?: string | null
  readonly starts_on?: string | null
  readonly ends_on?: string | null
  readonly external_id?: string | null
  readonly roles?: string[]
}

const moves = ['title', 'department', 'country', 'manager_id'] as const

/** The one place that writes it down, whoever says it. Another title, department, country or manager is a move; what nobody knew before is only learnt. */
export async function learnOfPerson(tx: Tx, personId: string, said: SaidOfPerson): Promise<void> {
  const before = await tx.db.selectFrom('people').select([...moves, 'joined_at', 'left_at']).where('id', '=', personId).forUpdate().executeTakeFirst()
  if (!before) throw new NotFound()
  if (said.manager_id === personId) throw new Invalid({ manager: 'Nobody is their own manager.' })
  await tx.db.updateTable('people').set(said).where('id', '=', personId).execute()
  const changed = moves.filter((field) => said[field] !== undefined && before[field] !== null && said[field] !== before[field])
  if (changed.length === 0 || !before.joined_at || before.left_at) return
  await append(tx, personMoved, { subjects: { person: personId }, marks: {}, facts: {
    changed, from: Object.fromEntries(changed.map((field) => [field, before[field] ?? null])),
    to: Object.fromEntries(changed.map((field) => [field, said[field] ?? null])),
  } })
}
