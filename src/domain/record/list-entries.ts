import { z } from 'zod'
import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { findKind, listEntries, pseudonymsOfId, subjectsOf, type EntryLine } from '../../ledger/index.ts'
import { query } from '../../verbs/verb.ts'
import { subjectNames } from '../duties/index.ts'
import { policiesInForce } from '../policies/index.ts'
import { listSystems } from '../systems/index.ts'

const PAGE = 50

/** What an entry is about, with the name that people have for it; of what is unlinked only its kind is left. */
export interface Subject { readonly kind: string; readonly id: string | null; readonly label: string }

export interface NamedEntry extends Pick<EntryLine, 'index' | 'at' | 'kind' | 'stream' | 'marks'> {
  /** What the kind means, in a sentence. */
  readonly about: string
  readonly subjects: readonly Subject[]
}

export const listEntriesQuery = query({
  name: 'entry.list',
  summary: 'List the entries of the log, newest first, by kind or by what they are about.',
  may: 'openings.read',
  input: z.object({
    kinds: z.array(z.string().max(100)).max(50).default([]).describe('Entry kinds; none: all'),
    about: z.string().trim().max(200).default('').describe('Id of a report or a person, short name of a system or a policy, name of a vendor'),
    before: z.coerce.number().int().min(0).optional().describe('The last place of the page before'),
  }),
  async run({ tx, actor }, { kinds, about, before }) {
    const wanted = about === '' ? undefined : await pseudonymsOfId(tx, await idOf(tx, about))
    const found = await listEntries(tx, { kinds, about: wanted, before, limit: PAGE + 1 })
    const page = found.slice(0, PAGE)
    return { entries: await named(tx, actor, page), next: found.length > PAGE ? page.at(-1)!.index : null }
  },
})

/** Entries with their subjects' names. */
export async function named(tx: Tx, actor: Actor, lines: readonly EntryLine[]): Promise<NamedEntry[]> {
  const subjects = await subjectsOf(tx, lines.flatMap(({ cases }) => Object.values(cases)))
  const nameOf = await subjectNames(tx, actor)
  return lines.map(({ index, at, kind, stream, cases, marks }) => ({
    index, at, kind, stream, marks, about: findKind(kind)?.about ?? kind,
    subjects: Object.entries(cases).map(([of, pseudonym]) => {
      const id = subjects.get(pseudonym) ?? null
      return { kind: of, id: id && nameOf(of, id).value, label: id ? nameOf(of, id).label : of }
    }),
  }))
}

/** Systems and policies are asked for by the names in their addresses. */
async function idOf(tx: Tx, about: string): Promise<string> {
  const system = (await listSystems(tx)).find(({ slug }) => slug === about)
  const policy = (await policiesInForce(tx)).find(({ slug }) => slug === about)
  return system?.id ?? policy?.policyId ?? about
}
