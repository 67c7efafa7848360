import { checkNewPassword, countCommonPasswords, passwordRules } from '../../../access/password-rules.ts'
import { storedPasswords } from '../../../access/stored-passwords.ts'
import type { Tx } from '../../../db/tx.ts'
import { together, type Look } from './look.ts'

/** What we promise to know of common passwords. */
const leastCommon = 100_000

const somebody = { address: 'probe@avow.example', name: 'Probe Person', organizationName: 'Probe' }

/** Each has to be refused, for a reason of its own: too short, common, easy to guess, one's own address. */
const weak = ['elevenchars', '1qaz2wsx3edc', 'P@ssw0rd2024!!', 'probe@avow.example']
/** Has to be taken: signs and capitals are nobody's business. */
const strong = ['lamp kettle orbit fjord', 'kQ8#vLmz2!pX']

/** Tries the rules on passwords that are known to be weak and strong, and looks which of the team's passwords are known to meet them. */
export async function lookAtPasswordRules(tx: Tx): Promise<Look> {
  return together([await tryRules(), await lookAtStored(tx)])
}

async function tryRules(): Promise<Look> {
  const faults = await Promise.all([...weak, ...strong].map((password) => checkNewPassword(password, somebody)))
  const wrong = faults.filter((fault, i) => (fault === null) === (i < weak.length)).length
  const known = await countCommonPasswords()
  const passed = wrong === 0 && known >= leastCommon
  const detail = passed ? `New passwords have 12 characters or more, and are none of ${known} common ones.` : 'The rules for new passwords do not hold.'
  return { passed, detail }
}

/** One that was set before the rules came is judged when it is next entered. */
async function lookAtStored(tx: Tx): Promise<Look> {
  const stored = await storedPasswords(tx)
  const unknown = stored.filter(({ rules }) => rules !== passwordRules).length
  if (stored.length === 0) return { passed: true, detail: 'Nobody of the team has a password.' }
  if (unknown === 0) return { passed: true, detail: `All ${stored.length} passwords of the team met these rules.` }
  return { passed: false, detail: `${unknown} of ${stored.length} passwords of the team are not known to meet these rules.` }
}
