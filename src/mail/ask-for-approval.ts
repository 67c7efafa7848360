import { personBehind } from '../access/person-behind.ts'
import type { Tx } from '../db/tx.ts'
import { post } from './post.ts'
import { toTeam } from './recipients.ts'

/** Tells everybody who approves as a second person, but whoever asks. The link leads to one screen that works on a phone. */
export async function askForApproval(tx: Tx, what: string): Promise<void> {
  const asking = tx.actor && await personBehind(tx, tx.actor)
  const to = await toTeam(tx, 'approvals.give')
  const others = 'accounts' in to ? to.accounts.filter((account) => account !== asking) : []
  await post(tx, { to: { accounts: others }, subject: 'Something waits for your approval', text: text(what) })
}

const text = (what: string) => `${what} waits until a second person has looked at it. Look, and approve it if it is right:

{link:/desk/approvals}`
