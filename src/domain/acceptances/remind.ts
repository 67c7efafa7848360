import { z } from 'zod'
import { accountsOf } from '../../access/people.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { post, toTeam } from '../../mail/index.ts'
import { remindOnce } from '../obligations/index.ts'
import { listPeople } from '../people/index.ts'
import { verb } from '../../verbs/verb.ts'
import { listAcceptances } from './team-acceptances.ts'

const dayMs = 86_400_000

/**
 * One letter to each who is behind, and none to whom had one within the last day, of whatever they owe. After two weeks whoever leads the team
 * is told how many there are.
 */
export const remindPeople = verb({
  name: 'acceptance.remind', summary: 'Remind everybody who has not accepted what they were asked for.', may: 'people.manage', entries: [],
  input: z.object({ after_days: z.coerce.number().int().min(0).max(60).default(0).describe('Only of what was asked so many days ago, or longer') }),
  output: z.object({ reminded: z.number() }),
  async run({ tx, actor }, { after_days: days }) {
    const { policies } = await listAcceptances.run({ tx, actor }, {})
    const now = tx.now.epochMilliseconds
    const behind = policies.flatMap(({ version_id, missing }) => missing.map((one) => ({ version_id, ...one })))
      .filter(({ asked_at: asked, reminded_at: last }) => now - Date.parse(asked) >= days * dayMs && (!last || now - Date.parse(last) > dayMs))
    const people = await remindOnce(tx, behind.map(({ person }) => person))
    if (people.length === 0) return { reminded: 0 }
    const open = behind.filter(({ person }) => people.includes(person))
    await tx.db.updateTable('acceptances').set({ reminded_at: timestampOf(tx.now) })
      .where('person_id', 'in', people).where('version_id', 'in', open.map(({ version_id }) => version_id)).where('accepted_at', 'is', null).execute()
    await post(tx, { to: { accounts: await accountsOf(tx, people) }, subject: 'Still to read: a policy',
      text: `A policy waits for you to read and accept it:\n\n{link:/me/policies}` })
    const late = open.filter(({ asked_at: asked }) => now - Date.parse(asked) >= 14 * dayMs)
    await tellManagers(tx, [...new Set(late.filter(({ reminded_at: last }) => last !== null).map(({ person }) => person))])
    if (late.length > 0) await post(tx, { to: await toTeam(tx, 'people.manage'), ...escalation(new Set(late.map(({ person }) => person)).size) })
    return { reminded: people.length }
  },
})

/** Once for what is late, after the person was reminded; whoever manages nobody with something late is told nothing. */
async function tellManagers(tx: Tx, people: readonly string[]): Promise<void> {
  if (people.length === 0) return
  const told = await tx.db.updateTable('acceptances').set({ escalated_at: timestampOf(tx.now) }).where('person_id', 'in', people)
    .where('accepted_at', 'is', null).where('escalated_at', 'is', null).returning('person_id').execute()
  const managers = (await listPeople(tx, { ids: told.map(({ person_id }) => person_id) })).flatMap(({ manager_id }) => manager_id ?? [])
  const accounts = await accountsOf(tx, managers)
  if (accounts.length > 0) await post(tx, { to: { accounts }, subject: 'Policies that your people have not accepted',
    text: 'Somebody whom you manage has not accepted a policy for two weeks or longer, although they were reminded. Who, and which:\n\n{link:/me/team}' })
}

const escalation = (people: number) => ({
  subject: 'Policies that are not accepted',
  text: `${people === 1 ? 'One person has'
    : `${people} people have`} not accepted a policy for two weeks or longer. Who, and which:\n\n{link:/desk/acceptances}`,
})
