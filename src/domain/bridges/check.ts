import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import { job, type OrganizationJob } from '../../jobs/index.ts'
import { findBridge, openBridge } from './find.ts'
import { TrackerProblem } from './tracker.ts'
import { trackers } from './trackers.ts'

export const checkJobName = 'bridge.check'

export interface Settings { readonly privateNetwork: boolean; baseOf(organizationId: string): Promise<string> }

/** Looks whether the token opens the project, and whether it is private where it has to be. What it finds stands on the bridge's page. */
export const checkJob = ({ privateNetwork }: Settings): OrganizationJob => job({
  name: checkJobName, payload: z.object({ bridge: z.uuid() }),
  async run({ database, organizationId, signal }, { bridge: id }) {
    const found = await database.read(organizationId, async (tx) => {
      const row = await findBridge(tx, id)
      return row && { kind: row.kind, ...await openBridge(tx, row) }
    })
    if (!found) return
    const problem = await problemWith(() => trackers[found.kind].open({ ...found, signal, privateNetwork }).check())
    await database.write(organizationId, (tx) =>
      tx.db.updateTable('bridges').set({ checked_at: timestampOf(tx.now), problem }).where('id', '=', id).execute())
  },
})

async function problemWith(doIt: () => Promise<void>): Promise<string | null> {
  try {
    await doIt()
    return null
  } catch (error) {
    if (error instanceof TrackerProblem) return error.problem
    throw error
  }
}
