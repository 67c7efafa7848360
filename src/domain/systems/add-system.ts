import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { findSystem, getSystem } from './find.ts'
import { systemListed, systemRetired } from './kinds.ts'
import { Host, Slug } from './system.ts'

/** Puts a system on the list: from now on every promise made for each system is made for it. */
export const addSystem = verb({
  name: 'system.add',
  summary: 'List one of the company’s systems: promises made for each system are about it from now on.',
  may: 'systems.manage',
  input: z.object({
    slug: Slug.describe('Its short name: web-app'),
    title: z.string().trim().min(1, 'Give it a name.').max(200).describe('What people call it'),
    hosts: z.array(Host).max(50).default([]).describe('Hosts on which TLS is checked from here'),
  }),
  entries: ['system.listed'],
  async run({ tx }, input) {
    refuseIf(await findSystem(tx, input.slug), 'system_already_listed')
    return { system: await listSystem(tx, input) }
  },
})

export async function listSystem(tx: Tx, { slug, title, hosts }: { slug: string; title: string; hosts: string[] }): Promise<string> {
  const id = tx.newId()
  await tx.db.insertInto('systems').values({
    organization_id: tx.organizationId, id, slug, title, hosts, listed_at: timestampOf(tx.now), retired_at: null,
  }).execute()
  await append(tx, systemListed, { subjects: { system: id }, marks: { system: slug }, facts: { system: slug, title } })
  return id
}

/** Says on which hosts our own check of TLS makes its handshakes. */
export const setHosts = verb({
  name: 'system.set-hosts',
  summary: 'Say on which hosts of a system TLS is checked from here.',
  may: 'systems.manage',
  input: z.object({ slug: Slug, hosts: z.array(Host).max(50) }),
  entries: [],
  async run({ tx }, { slug, hosts }) {
    const system = await getSystem(tx, slug)
    await tx.db.updateTable('systems').set({ hosts }).where('id', '=', system.id).execute()
    return { system: system.id }
  },
})

export const retireSystem = verb({
  name: 'system.retire',
  summary: 'Take a system off the list: nothing more is owed for it.',
  may: 'systems.manage',
  input: z.object({ slug: Slug, reason: z.string().trim().min(1, 'Say why.').max(1000) }),
  entries: ['system.retired'],
  async run({ tx }, { slug, reason }) {
    const system = await getSystem(tx, slug)
    await tx.db.updateTable('systems').set({ retired_at: timestampOf(tx.now) }).where('id', '=', system.id).execute()
    await append(tx, systemRetired, { subjects: { system: system.id }, marks: { system: slug }, facts: { system: slug, reason } })
    return { system: system.id }
  },
})
