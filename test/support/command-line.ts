import { execFile } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Role } from '../../src/access/roles.ts'
import { modules } from '../../src/app.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening } from './browser.ts'
import { everyOperation, operations } from './routes.ts'
import { apiKey } from './visitors.ts'
import { world, type World } from './world.ts'

const avow = join(import.meta.dirname, '../../bin/avow')

export interface CommandLine extends World {
  /** Where the organisation's pages are. */
  readonly home: string
  /** `bin/avow ARGS…`, with a key of the roles, made for every operation by name, unless it is said to have none. */
  run(args: readonly string[], withKey?: boolean): Promise<{ status: number; out: string; err: string }>
}

/** Avow in a world, served on this machine, and the command line that calls it. */
export async function commandLine(roles: Role[]): Promise<CommandLine> {
  const w = await world()
  const web = createWeb({ database: w.database, modules, operations, log: { error: console.error } })
  const served = await listening((request) => web.fetch(request))
  const home = `${served.origin}/o/${w.organization.slug}`
  const key = (await apiKey(w.database, w.organization.id, roles, { verbs: everyOperation.map(({ name }) => name) })).authorization.slice('Bearer '.length)
  return {
    ...w, home,
    run: (args, withKey = true) => new Promise((resolve) => {
      const env = { PATH: process.env['PATH'], HOME: tmpdir(), AVOW_URL: home, ...(withKey ? { AVOW_KEY: key } : {}) }
      execFile(avow, args, { env }, (error, out, err) => resolve({ status: error ? Number(error.code) : 0, out, err }))
    }),
    async close() {
      await served.close()
      await w.close()
    },
  }
}
