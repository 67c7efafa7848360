import type { Context } from 'hono'
import type { Actor, From } from '../../access/actor.ts'
import { countAttempt, type Allowance } from '../../access/attempts.ts'
import { machineOf } from '../../access/keys.ts'
import { Unauthenticated } from '../../lib/errors.ts'
import { fromWhere, type Env, type WebOptions } from '../serve.ts'

/** Generous, because everybody who comes over Tor comes from one address. */
const byNetwork: Allowance = { name: 'api network', count: 6000, perSeconds: 60 }
const byKey: Allowance = { name: 'api key', count: 6000, perSeconds: 60 }

/**
 * Who calls the API: the holder of what the Authorization header carries, or nobody. A browser's cookies count for nothing
 * here, so no page elsewhere can make a browser call it. A key or phrase that is not good is refused, never taken for nobody.
 */
export async function caller(c: Context<Env>, options: WebOptions, use: 'api' | 'assistant' = 'api'): Promise<Actor> {
  const header = c.req.header('authorization')
  const actor: Actor | null = header === undefined ? { kind: 'nobody' } : await holder(c.get('organization').id, options, header, use)
  const from = fromWhere(c, options)
  await count(from, options, actor)
  if (!actor) throw new Unauthenticated('This key or phrase is unknown, has expired or was taken back.')
  return { ...actor, from: { ...from, program: true } }
}

/** `Bearer avow_…` for a key; `Phrase lusab-…` for the phrase by which a reporter follows a report. */
async function holder(organizationId: string, { database, modules }: WebOptions, header: string, use: 'api' | 'assistant'): Promise<Actor | null> {
  const [, scheme, secret] = /^(Bearer|Phrase) +(\S.*)$/i.exec(header) ?? []
  if (!scheme || !secret) return null
  if (scheme.toLowerCase() === 'bearer') return machineOf(database, organizationId, secret, use)
  if (use === 'assistant') return null
  for (const module of modules) {
    const known = await module.holderOf?.(database, organizationId, secret)
    if (known) return known
  }
  return null
}

/** Whoever comes through Tor shares an address with everybody else who does. */
async function count({ network, tor }: From, { database }: WebOptions, actor: Actor | null): Promise<void> {
  if (actor?.kind === 'machine') await countAttempt(database, byKey, actor.keyId)
  else if (!tor) await countAttempt(database, byNetwork, network)
}
