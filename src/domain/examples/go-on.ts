import { z } from 'zod'
import { findOrganization } from '../../access/organizations.ts'
import type { Database } from '../../db/database.ts'
import type { Tx } from '../../db/tx.ts'
import { job, type Job } from '../../jobs/index.ts'
import { runVerb } from '../../verbs/run.ts'
import { listSystems, recordSeen, systems } from '../systems/index.ts'
import { findHistory } from './folder.ts'
import type { History } from './history.ts'
import { goingOn, type Deed } from './unfold.ts'

/** An example's machines go on looking and its backups go on running, so that what was kept on the day it was loaded is not missed on the next. */
export const exampleJobs: readonly Job[] = [job({
  name: 'examples.go-on', payload: z.object({}), every: '31 * * * *',
  async run({ database, organizationId }) {
    const organization = await findOrganization(database, { id: organizationId })
    const history = organization?.example ? findHistory(organization.slug) : null
    if (history) await goOn(database, organizationId, history)
  },
})]

/**
 * Records now what the history's recurring deeds would have brought since the last one. No date is written: what comes late, because nothing ran
 * meanwhile, is late. Only organisations that were made as examples have an invented story.
 */
export async function goOn(database: Database, organizationId: string, history: History): Promise<number> {
  const deeds = await database.read(organizationId, (tx) => deedsSince(tx, history))
  for (const deed of deeds) await (deed.verb === 'check.record' ? look(database, organizationId, deed) : tell(database, organizationId, deed))
  return deeds.length
}

const dayMs = 86_400_000

async function deedsSince(tx: Tx, history: History): Promise<Deed[]> {
  const { example, created_at: loaded } = await tx.db.selectFrom('organizations').select(['example', 'created_at'])
    .where('id', '=', tx.organizationId).executeTakeFirstOrThrow()
  if (!example) throw new Error('Only an example goes on by an invented story.')
  const last = await tx.db.selectFrom('entries').select((is) => is.fn.max('created_at').as('at')).where('kind', 'like', 'check.%').executeTakeFirst()
  const dayOf = (ms: number) => history.days + (ms - loaded.getTime()) / dayMs
  return goingOn(history, dayOf((last?.at ?? loaded).getTime()), dayOf(tx.now.epochMilliseconds))
}

/** What the invented machine saw. Its key was forgotten when the example was loaded, so nothing is signed. */
async function look(database: Database, organizationId: string, { input }: Deed): Promise<void> {
  await database.write(organizationId, async (tx) => {
    const system = (await listSystems(tx)).find(({ slug }) => slug === input.system)
    const source = await tx.db.selectFrom('sources').select(['slug', 'vouch']).where('slug', '=', String(input.source)).executeTakeFirst()
    if (!system || !source) return
    await recordSeen(tx, system, {
      check: String(input.check), passed: true, detail: 'Invented, as everything here.', source: source.slug, observed: tx.now, vouch: source.vouch,
    })
  })
}

async function tell(database: Database, organizationId: string, { input }: Deed): Promise<void> {
  const key = await database.read(organizationId, (tx) =>
    tx.db.selectFrom('sources').select('api_key_id').where('slug', '=', String(input.source ?? '')).executeTakeFirst())
  const actor = key?.api_key_id
    ? { kind: 'machine', keyId: key.api_key_id, roles: ['machine'], verbs: 'all' } as const : { kind: 'system', job: 'examples.go-on' } as const
  await runVerb({ database }, systems.verbs.find(({ name }) => name === 'evidence.record')!, actor, organizationId, input)
}
