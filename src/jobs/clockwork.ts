import { z } from 'zod'
import type { Tx } from '../db/tx.ts'
import { runVerb } from '../verbs/run.ts'
import type { Verb } from '../verbs/verb.ts'
import { job, type OrganizationJob } from './job.ts'

const nothing = z.object({})

/** A verb that the clock calls (crontab fields, UTC), and again at once as long as it answers that there is `more` to do. */
export const verbJob = (name: string, every: string, verb: Verb<any, { more?: boolean } | object>, input: object = {}): OrganizationJob<typeof nothing> => job({
  name, payload: nothing, every,
  async run({ database, actor, organizationId, signal }) {
    let more = true
    while (more && !signal.aborted) {
      const answer = await runVerb({ database }, verb, actor, organizationId, input)
      more = 'more' in answer && answer.more === true
    }
  },
})

/** One transaction that the clock calls for. */
export const writeJob = (name: string, every: string, write: (tx: Tx) => Promise<unknown>): OrganizationJob<typeof nothing> => job({
  name, payload: nothing, every,
  run: ({ database, actor, organizationId }) => database.write(organizationId, async (tx) => { await write({ ...tx, actor }) }),
})
