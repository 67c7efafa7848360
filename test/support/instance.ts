import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { formatAddCheckpoint, type AddCheckpoint } from 'avow-verify'
import { z } from 'zod'
import type { Tx } from '../../src/db/tx.ts'
import { append } from '../../src/ledger/append.ts'
import { defineKind, findKind } from '../../src/ledger/kinds.ts'
import { ledger } from '../../src/ledger/module.ts'
import { sequenceAll } from '../../src/ledger/sequence.ts'
import { listLogKeys, vkeyOf } from '../../src/ledger/signing-keys.ts'
import { witnessLog, witnessVkey } from '../../src/ledger/witness-server.ts'
import { createLog } from '../../src/lib/log.ts'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { world } from './world.ts'

/** Where the witnesses of tests live. */
export const inside = { privateNetwork: true }

/** Nothing but an entry. */
export const witnessed = defineKind({
  kind: 'test.witnessed', stream: 'people', subjects: [], marks: z.object({}), facts: z.object({}), vouch: 'company',
})

/** An Avow that listens on loopback, with one organisation of its own name. */
export async function instance(number: 0 | 1) {
  const w = await world()
  const { id, slug } = w.organizations[number]!
  const operations = registry([ledger], (kind) => findKind(kind) !== undefined)
  const web = createWeb({ database: w.database, modules: [ledger], operations, log: createLog('silent') })
  const server: ServerType = serve({ fetch: web.fetch, port: 0, hostname: '127.0.0.1' })
  await new Promise((resolve) => server.once('listening', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/o/${slug}/witness`
  const write = <T>(use: (tx: Tx) => Promise<T>) => w.database.write(id, use)
  return {
    id, url, write, database: w.database, postgres: w.url('postgres'), clock: w.clock,
    vkey: async () => vkeyOf((await write(listLogKeys))[0]!),
    submit: async (request: AddCheckpoint) => fetch(`${url}/add-checkpoint`, { method: 'POST', body: formatAddCheckpoint(request) }),
    async append() {
      const { entryId } = await write((tx) => append(tx, witnessed, { subjects: {}, marks: {}, facts: {} }))
      await sequenceAll(w.database, id)
      return entryId
    },
    async close(how?: { check: boolean }) {
      await new Promise((resolve) => server.close(resolve))
      await w.close(how)
    },
  }
}
export type Instance = Awaited<ReturnType<typeof instance>>

/** `witness` cosigns `log`, and `log` asks for it. */
export async function trusts(log: Instance, witness: Instance): Promise<void> {
  await witness.write(async (tx) => witnessLog(tx, await log.vkey()))
  const vkey = (await witness.write(witnessVkey))!
  await log.write((tx) => tx.db.insertInto('witnesses')
    .values({ organization_id: tx.organizationId, vkey, url: witness.url, error: null, added_at: new Date() }).execute())
}
