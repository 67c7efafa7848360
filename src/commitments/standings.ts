import type { Duty, Engine, Standing, Unmet } from 'avow-verify'
import { z } from 'zod'
import { may } from '../access/may.ts'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { findKind, heldStreams, pseudonymIn, pseudonymsOf, publishedCheckpoint } from '../ledger/index.ts'
import { query } from '../verbs/verb.ts'
import { disclosureOf, shownTo, type Disclosure } from './disclosure.ts'
import { dutyWords } from './duty-words.ts'
import { withEngine } from './live.ts'

/** How everything stood at one size of the log and one moment (milliseconds since 1970 UTC). */
export interface Standings<S extends Standing = Standing> { readonly size: number; readonly asOf: number; readonly standings: readonly S[] }

/** Every commitment of the organisation, for the team. */
export const standings = (database: Database, organizationId: string): Promise<Standings> => database.read(organizationId, allStandings)

export const allStandings = (tx: Tx): Promise<Standings> =>
  withEngine(tx, ({ engine }) => ({ size: engine.size, asOf: momentOf(engine, tx), standings: engine.standings() }))

/** Of an empty log there is nothing to say, as of now. */
const momentOf = ({ now }: Engine, tx: Tx): number => Number.isFinite(now) ? now : tx.now.epochMilliseconds

/** A standing as the public sees it, and from when on anyone can recompute it. */
export type PublicStanding = Standing & Disclosure

/** The commitments that are public by now, as of the published checkpoint, showing no single case that is not public yet. */
export const publicStandings = (database: Database, organizationId: string): Promise<Standings<PublicStanding>> =>
  database.read(organizationId, standingsForAll)

export async function standingsForAll(tx: Tx): Promise<Standings<PublicStanding>> {
  const published = (await publishedCheckpoint(tx))?.size ?? 0
  const spaced = await tx.db.selectFrom('checkpoints').select('size').where('size', '>', published).limit(1).executeTakeFirst()
  const held = await heldStreams(tx)
  return withEngine(tx, ({ engine, streams }) => {
    const asOf = momentOf(engine, tx)
    const shown = engine.standings().filter((standing) => isPublic(standing, asOf)).map((standing) => {
      const disclosure = disclosureOf(standing.rule, streams, held, tx.now.epochMilliseconds)
      return { ...shownTo(standing, disclosure), ...disclosure }
    })
    return { size: engine.size, asOf, standings: shown }
  }, spaced && published)
}

const isPublic = ({ publication, public_from: from }: Standing, asOf: number): boolean =>
  publication === 'public' && (from === undefined || Date.parse(from) <= asOf)

/** What is owed, the earliest first. */
export const duties = (database: Database, organizationId: string): Promise<readonly Duty[]> => database.read(organizationId, allDuties)

export const allDuties = (tx: Tx): Promise<readonly Duty[]> => withEngine(tx, ({ engine }) => engine.duties())

/** What is owed to one subject, in words, with the sentence that promises it. `dueAt`: milliseconds since 1970 UTC. */
export interface DutyAbout {
  readonly what: string
  readonly dueAt: number
  readonly late: boolean
  readonly sentence: string
  readonly policy: string
  readonly mark: string
}

/** What is owed to one subject by a date: `dutiesAbout(tx, { report: id })`. What waits for somebody else has none, and is left out. */
export async function dutiesAbout(tx: Tx, subject: Readonly<Record<string, string>>): Promise<readonly DutyAbout[]> {
  const [[kind, id] = ['', '']] = Object.entries(subject)
  const names = await pseudonymsOf(tx, kind, id)
  return withEngine(tx, ({ engine }) => {
    const sentences = new Map(engine.commitments.map(({ policy, mark, terms }) => [`${policy} ${mark}`, terms?.sentence ?? '']))
    return engine.duties((cases) => names.has(cases[kind] ?? '')).filter(({ due_at: due }) => due !== undefined)
      .map(({ what, due_at: due, overdue, policy, mark }) =>
        ({ what: dutyWords(what), dueAt: due!, late: overdue, sentence: sentences.get(`${policy} ${mark}`)!, policy, mark }))
  })
}

/**
 * Which promises in force an entry of this kind about this subject would break if it came now: `unmetBefore(tx, 'person.started', { person: id })`.
 * What was written within the last second may not be heard of yet.
 */
export async function unmetBefore(tx: Tx, kind: string, subject: Readonly<Record<string, string>>): Promise<Unmet[]> {
  const [[subjectKind, id] = ['', '']] = Object.entries(subject)
  const pseudonym = await pseudonymIn(tx, findKind(kind)!.stream, subjectKind, id)
  return withEngine(tx, ({ engine }) => engine.unmetBefore({ kind, cases: { [subjectKind]: pseudonym ?? 'of whom there is nothing' } }))
}

export const listStandings = query({
  name: 'standing.list',
  summary: 'How each promise stands: the public ones for everybody, all of them for the team.',
  may: 'public.read',
  input: z.object({ policy: z.string().optional() }),
  assistants: true,
  async run({ tx, actor }, { policy }) {
    const { size, asOf, standings: all } = await (may(actor, 'policies.read') ? allStandings(tx) : standingsForAll(tx))
    return { size, as_of: asOf, commitments: all.filter((standing) => policy === undefined || standing.policy === policy) }
  },
})

export const listDuties = query({
  name: 'duty.list',
  summary: 'What the promises have made somebody owe, the earliest first.',
  may: 'duties.read',
  input: z.object({ policy: z.string().optional() }),
  assistants: true,
  async run({ tx }, { policy }) {
    return { duties: (await allDuties(tx)).filter((duty) => policy === undefined || duty.policy === policy) }
  },
})
