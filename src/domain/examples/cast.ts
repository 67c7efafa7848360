import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto'
import { canonical, utf8 } from 'avow-verify'
import type { Actor, Member } from '../../access/actor.ts'
import { newId } from '../../lib/ids.ts'
import type { History, PersonStory } from './history.ts'

interface Machine { readonly actor: Actor & { kind: 'machine' }; readonly privateKey: KeyObject; readonly publicKey: string }

/**
 * Who acts in an example: invented people, whose accounts have neither a password nor an address that a mail could reach, so that nobody
 * can sign in as one, and machines whose keys are made when the example is loaded and forgotten when that is done.
 */
export class Cast {
  readonly #people = new Map<string, Member>()
  readonly #machines: ReadonlyMap<string, Machine>
  /** Ids that deeds kept under a name. */
  readonly kept = new Map<string, string>()

  constructor({ sources }: History) {
    this.#machines = new Map(sources.map(({ slug }) => [slug, machine()]))
  }

  /** From now on they can act, and deeds can name them as `{person AS}`. */
  joined(as: string, { name, roles }: PersonStory, accountId: string, personId: string): void {
    this.#people.set(as, { kind: 'member', accountId, personName: name, roles, confirmed: true })
    this.kept.set(`person ${as}`, personId)
  }

  actor(as: string): Actor {
    const [kind, name = ''] = as.split(/ (.*)/)
    if (kind === 'nobody') return { kind }
    if (kind === 'reporter') return { kind, reportId: this.kept.get(name)! }
    const actor = kind === 'source' ? this.#machines.get(name)?.actor : this.#people.get(as)
    if (!actor) throw new Error(`The example’s history names nobody as “${as}”.`)
    return actor
  }

  /** What only the machine can add to its input: its keys when it is registered, its signature under what it saw. */
  completed(verb: string, as: string, input: Record<string, unknown>, now: Temporal.Instant): Record<string, unknown> {
    if (verb === 'source.register') {
      const { publicKey, actor } = this.#machines.get(String(input.slug))!
      return { ...input, public_key: publicKey, api_key: actor.keyId }
    }
    if (verb !== 'check.record') return input
    const { source, ...seen } = input
    const signed = { ...seen, observed_at: now.toString({ smallestUnit: 'second' }), nonce: newId() } as Record<string, string>
    const { privateKey } = this.#machines.get(as.slice('source '.length))!
    return { source, ...signed, signature: sign(null, utf8(canonical(signed)), privateKey).toString('base64') }
  }
}

function machine(): Machine {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const { x } = publicKey.export({ format: 'jwk' })
  const actor = { kind: 'machine', keyId: newId(), roles: ['machine'], verbs: 'all' } as const
  return { actor, privateKey, publicKey: Buffer.from(x!, 'base64url').toString('base64') }
}
