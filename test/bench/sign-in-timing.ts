// Whether the time of an answer tells that there is an account: node bin/bootstrap.mjs test/bench/sign-in-timing.ts [samples of each kind]
// Addresses with an account, without one, and of a closed account are tried in random order, each from a network of its own; so are the pages that mail
// a link. Mann and Whitney's test compares the times of two kinds; `guessed` is how often the slower of two is rightly taken for the known one, 50 % by chance.
import { randomBytes, randomInt } from 'node:crypto'
import { createAccount } from '../../src/access/accounts.ts'
import { modules } from '../../src/app.ts'
import { findKind } from '../../src/ledger/index.ts'
import { registry } from '../../src/verbs/registry.ts'
import { Cookies } from '../../src/web/cookies.ts'
import { csrfToken } from '../../src/web/csrf.ts'
import { createWeb } from '../../src/web/server.ts'
import { newToken } from '../../src/access/tokens.ts'
import { world } from '../support/world.ts'
import { mannWhitney, median } from '../support/statistics.ts'

type Kind = 'unknown' | 'known' | 'closed'
const kinds: readonly Kind[] = ['unknown', 'known', 'closed']
const samples = Number(process.argv[2] ?? 1000)
const warmUp = 50
/** Less often than once in a thousand by chance alone. */
const significant = 0.001

const w = await world()
try {
  const app = createWeb({ database: w.database, modules, operations: registry(modules, (kind) => findKind(kind) !== undefined), log: { error: console.error } })
  const problems: string[] = []
  for (const [what, fields] of Object.entries({ '/sign-in': { password: 'not the password' }, '/sign-in/forgotten': {}, '/account/new': {} })) {
    const times = await measure(app, what, fields)
    for (const other of ['known', 'closed'] as const) {
      const { p, guessed } = mannWhitney(times.unknown, times[other])
      console.log(`${what}: unknown ${median(times.unknown).toFixed(2)} ms, ${other} ${median(times[other]).toFixed(2)} ms (medians of ${samples}); `
        + `p = ${p.toPrecision(2)}; guessed ${(guessed * 100).toFixed(1)} %`)
      if (p < significant) problems.push(`${what} tells ${other} from unknown`)
    }
  }
  console.log(problems.length === 0 ? 'The times tell nothing.' : problems.join('\n'))
  process.exitCode = problems.length === 0 ? 0 : 1
} finally {
  await w.close()
}

async function measure(app: ReturnType<typeof createWeb>, path: string, fields: Record<string, string>): Promise<Record<Kind, number[]>> {
  const times: Record<Kind, number[]> = { unknown: [], known: [], closed: [] }
  const visits = shuffled(kinds.flatMap((kind) => Array.from({ length: samples + warmUp }, () => kind)))
  const addresses = new Map<string, Kind>()
  for (const kind of visits) addresses.set(await addressOf(kind), kind)
  for (const [address, kind] of addresses) times[kind].push(await timed(app, path, { address, ...fields }))
  return { unknown: times.unknown.slice(warmUp), known: times.known.slice(warmUp), closed: times.closed.slice(warmUp) }
}

/** The same hash for all: what it takes to make one is no part of what is measured. */
async function addressOf(kind: Kind): Promise<string> {
  const address = `${randomBytes(8).toString('hex')}@example.org`
  if (kind === 'unknown') return address
  const id = await createAccount(w.database.global, w.keyring, { name: 'Somebody', address }, 'lamp kettle orbit fjord', { judged: true })
  if (kind === 'closed') await w.database.global.updateTable('accounts').set({ disabled_at: new Date() }).where('id', '=', id).execute()
  return address
}

/** Milliseconds until the whole answer is there. */
async function timed(app: ReturnType<typeof createWeb>, path: string, fields: Record<string, string>): Promise<number> {
  const url = `http://avow.test/o/${w.organization.slug}${path}`
  const cookie = `avow-visitor=${newToken()}`
  const csrf = csrfToken(new Cookies(new Request(url, { headers: { cookie } }), false))
  const from = { incoming: { socket: { remoteAddress: `10.${randomInt(256)}.${randomInt(256)}.${randomInt(256)}` } } }
  const began = performance.now()
  await (await app.request(url, { method: 'POST', headers: { cookie }, body: new URLSearchParams({ csrf, ...fields }) }, from)).text()
  return performance.now() - began
}

function shuffled<T>(list: T[]): T[] {
  for (let i = list.length - 1; i > 0; i -= 1) {
    const j = randomInt(i + 1)
    const [a, b] = [list[i]!, list[j]!]
    list[i] = b
    list[j] = a
  }
  return list
}
