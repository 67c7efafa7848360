import { z } from 'zod'
import { countWithoutFactor } from '../../access/factors.ts'
import { countHolders } from '../../access/memberships.ts'
import type { Tx } from '../../db/tx.ts'
import { query } from '../../verbs/verb.ts'
import { coverOf, permissionWords } from '../accounts/index.ts'
import { policiesInForce } from '../policies/index.ts'

const Step = z.object({
  title: z.string(), done: z.boolean(), text: z.string().describe('How it stands; where it is not done, what waits until it is'), place: z.string(),
})
export type Step = z.output<typeof Step>

export const readSetUp = query({
  name: 'set-up.read', summary: 'What is still missing, and what will wait where a second person is.', may: 'access.manage', input: z.object({}),
  output: z.object({
    steps: z.array(Step),
    waits_now: z.array(z.string()).describe('Everybody who may is away, and nobody stands in'),
    waits_for_one: z.array(z.string()).describe('Waits whenever the one person who may is not there'),
  }),
  async run({ tx }) {
    const { alone, away } = await coverOf(tx)
    const steps = [await secondFactors(tx), await policy(tx), await administrators(tx), await deputy(tx), await triagers(tx)]
    return { steps, waits_now: away.map(permissionWords), waits_for_one: alone.filter((permission) => !away.includes(permission)).map(permissionWords) }
  },
})

async function secondFactors(tx: Tx): Promise<Step> {
  const { members, without } = await countWithoutFactor(tx)
  return {
    title: 'A second factor for everybody', done: without === 0, place: '/me/factors',
    text: without === 0 ? 'Everybody of the team has one.'
      : `${without} of ${members} have none. After their time is over they can do nothing else here but add one.`,
  }
}

async function policy(tx: Tx): Promise<Step> {
  const done = (await policiesInForce(tx)).length > 0
  return {
    title: 'A policy in force', done, place: '/desk/policies',
    text: done ? 'Its promises are watched.' : 'Until there is one, nothing is promised, and nothing comes due.',
  }
}

async function administrators(tx: Tx): Promise<Step> {
  const done = await countHolders(tx, 'access.manage') >= 2
  return {
    title: 'Two people who look after the access', done, place: '/desk/members',
    text: done ? 'If one of them loses everything, the others can help.'
      : 'Whoever loses their second factor and recovery codes waits until there are two: letting them in again takes two people.',
  }
}

async function deputy(tx: Tx): Promise<Step> {
  const done = await countHolders(tx, 'approvals.give') >= 2
  return {
    title: 'A deputy, from any department', done, place: '/desk/members',
    text: done ? 'Policies, corrections and imports are approved by two people.'
      : `Policies, corrections and imports take the word of one person, and the record says so. Invite somebody as deputy: a minute now and
        then, on a phone, is all it takes.`,
  }
}

async function triagers(tx: Tx): Promise<Step> {
  const done = await countHolders(tx, 'reports.triage') >= 2
  return {
    title: 'Two people who answer reports', done, place: '/desk/members',
    text: done ? 'One of them can be away.'
      : 'Reports wait while the one person is away who answers them, and their deadlines do not. An absence names who stands in.',
  }
}
