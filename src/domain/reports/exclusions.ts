import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { query, verb } from '../../verbs/verb.ts'

/** What the programme does not want, in a sentence for the reporter, and the words by which a text is recognised. `flood*` stands for whatever begins so. */
export interface Exclusion { readonly name: string; readonly sentence: string; readonly words: readonly string[]; readonly in_force: boolean }

/** Held until a programme says otherwise; they are what `/report` asks of everybody. */
const shipped: readonly Exclusion[] = [
  {
    name: 'Denial of service', in_force: true,
    sentence: 'Please do not try to make a service slow or unavailable. If you saw a way without trying it, report that.',
    words: ['denial of service', 'denial-of-service', 'ddos', 'dos attack', 'slowloris', 'syn flood', 'stress test', 'load test', 'resource exhaustion',
      'rate limit*'],
  },
  {
    name: 'Spam', in_force: true,
    sentence: 'Please send nothing to people who did not ask for it. That mail could be sent is a weakness only where it was not sent to others.',
    words: ['spam', 'spamming', 'mail bomb*', 'email bomb*', 'mass mail*', 'sms bomb*', 'bulk mail*'],
  },
  {
    name: 'Social engineering', in_force: true,
    sentence: 'Please do not deceive people: no phishing, no pretexts, neither of our staff nor of our users.',
    words: ['social engineering', 'phishing', 'vishing', 'smishing', 'pretext*', 'impersonat* support', 'trick an employee'],
  },
  {
    name: 'Physical attempts', in_force: true,
    sentence: 'Please stay out of our buildings and leave devices that are not yours alone.',
    words: ['physical access', 'tailgating', 'lock picking', 'lockpick*', 'badge cloning', 'dumpster diving', 'break in', 'usb drop'],
  },
]

/** All of them, the shipped ones as the programme has changed them. */
export async function listExclusions(tx: Tx): Promise<Exclusion[]> {
  const rows = await tx.db.selectFrom('report_exclusions').select(['name', 'sentence', 'words', 'in_force']).orderBy('name').execute()
  const changed = new Map(rows.map((row) => [row.name, row]))
  return [...shipped.map((one) => changed.get(one.name) ?? one), ...rows.filter(({ name }) => !shipped.some((one) => one.name === name))]
}

export const Words = z.array(z.string().trim().min(2, 'Write words of at least two letters.').max(100)).max(100).default([])
  .describe('Words or phrases, one a line; an asterisk at the end stands for any ending')

export const setExclusion = verb({
  name: 'exclusion.set', summary: 'Say what the programme does not want to be reported, and by which words a text is recognised.', may: 'policies.write',
    entries: [],
  input: z.object({
    name: z.string().trim().min(1, 'Give it a name.').max(100).describe('What it is; a name that is there already is changed'),
    sentence: z.string().trim().min(1, 'Write what the reporter reads.').max(1000).describe('What the reporter reads, as the policy says it'),
    words: Words, in_force: z.boolean().default(true).describe('Whether texts are compared with it'),
  }),
  async run({ tx }, { name, ...change }) {
    await tx.db.insertInto('report_exclusions').values({ organization_id: tx.organizationId, name, ...change })
      .onConflict((conflict) => conflict.columns(['organization_id', 'name']).doUpdateSet(change)).execute()
  },
})

export const readExclusions = query({
  name: 'exclusion.list', summary: 'What the programme does not want to be reported.', may: 'public.read', input: z.object({}),
  run: async ({ tx }) => ({ exclusions: (await listExclusions(tx)).filter(({ in_force }) => in_force) }),
})
