import type { Page } from '../../web/page.ts'
import { textOf, type Entered } from '../../verbs/form-input.ts'
import { TooMany } from '../../lib/errors.ts'
import { effortOf } from './effort.ts'

/** How many that came without any effort are taken in at once; everybody else finds the rest of the process free. */
const AT_ONCE = 3
/** So many of them may wait, each holding what was typed; who comes beyond gets the form back. */
const MAY_WAIT = 1000
const SHORTEST_SECONDS = 10

let running = 0
const waiting: (() => void)[] = []

/**
 * In a flood whoever took the trouble goes first: somebody who is signed in, whose browser worked, or who had the form open for a while. The rest
 * is taken in as it came, a few at once.
 */
export async function inTurn<T>(page: Page, posted: Entered, act: () => Promise<T>): Promise<T> {
  if (page.actor.kind !== 'nobody' && page.actor.kind !== 'reporter' || await tookTrouble(page, posted)) return act()
  if (waiting.length >= MAY_WAIT) throw new TooMany(60)
  if (running >= AT_ONCE) await new Promise<void>((resolve) => { waiting.push(resolve) })
  else running++
  try {
    return await act()
  } finally {
    // Whose turn it is takes over the place.
    const next = waiting.shift()
    if (next) next()
    else running--
  }
}

async function tookTrouble({ deps: { database }, organization }: Page, posted: Entered): Promise<boolean> {
  const now = (await database.clockOf(organization.id)).now()
  const effort = { submission: textOf(posted, 'submission'), opened: textOf(posted, 'opened'), proof: textOf(posted, 'proof') }
  return await effortOf({ keyring: database.keyring, now }, effort, SHORTEST_SECONDS) !== 'none'
}
