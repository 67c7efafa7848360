import { coverOf, permissionWords } from '../../accounts/index.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Look } from './look.ts'

type Holes = (tx: Tx) => Promise<readonly string[]>
const others: Holes[] = []

/** For another part that knows what has to be somebody's: it says in sentences what is nobody's. */
export const alsoAssigned = (holes: Holes): void => void others.push(holes)

/** Everything that a role can carry is somebody's to do, a second person can approve it, and no auditor stays for ever. */
export async function lookAtRoles(tx: Tx): Promise<Look> {
  const { nobody, alone, endlessAuditors: endless } = await coverOf(tx)
  const wrong = [
    ...nobody.map((permission) => `Nobody may: ${permissionWords(permission).toLowerCase()}.`),
    ...alone.includes('approvals.give') ? ['There is no second person who approves.'] : [],
    ...(await Promise.all(others.map((holes) => holes(tx)))).flat(),
    ...endless > 0 ? [`${endless} ${endless === 1 ? 'auditor has' : 'auditors have'} no last day.`] : [],
  ]
  if (wrong.length > 0) return { passed: false, detail: wrong.join(' ') }
  return { passed: true, detail: 'Every permission is somebody’s, and there is a second person who approves.' }
}
