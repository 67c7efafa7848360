import { countWithoutFactor } from '../../../access/factors.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Look } from './look.ts'

/** Fails while somebody of the team is past their time; until then they may still look around. Undefined where the team is nobody. */
export async function lookAtSecondFactor(tx: Tx): Promise<Look | undefined> {
  const { members, without, late } = await countWithoutFactor(tx)
  if (members === 0) return undefined
  if (late > 0) return { passed: false, detail: `${late} of ${members} people are past the time to add a second factor, and reach nothing until they do.` }
  const waiting = without > 0 ? `; ${without} still have time to add theirs` : ''
  return { passed: true, detail: `${members - without} of ${members} people have a second factor${waiting}.` }
}
