import { namesOf } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import { holdersOf } from '../../../access/memberships.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Report } from '../find.ts'
import { tellAccounts } from '../letters.ts'
import { peopleOf } from '../people.ts'
import { markMentioned } from './reads.ts'

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()

/**
 * Who is named in a note: `@Grace Okoro`, `@grace.okoro`, or `@Grace` where one alone is called so. Whom two could be meant by is not guessed.
 */
export function mentionedIn(text: string, people: readonly { id: string; name: string }[]): string[] {
  const said = ` ${plain(text)} `
  const ways = new Map<string, string[]>()
  for (const { id, name } of people) {
    const words = plain(name).split(/\s+/).filter(Boolean)
    for (const way of new Set([words.join(' '), words.join('.'), words.join('-'), words[0] ?? ''])) ways.set(way, [...ways.get(way) ?? [], id])
  }
  const found = [...ways].filter(([way, ids]) => way !== '' && ids.length === 1 && isSaid(said, way)).map(([, [id]]) => id!)
  return [...new Set(found)]
}

function isSaid(text: string, way: string): boolean {
  for (let at = text.indexOf(`@${way}`); at >= 0; at = text.indexOf(`@${way}`, at + 1)) {
    const [before, after] = [text[at - 1]!, text[at + 1 + way.length] ?? ' ']
    // Neither part of an address, nor the beginning of a longer name.
    if (!/[\p{L}\p{N}._-]/u.test(before) && !/[\p{L}\p{N}_@]/u.test(after)) return true
  }
  return false
}

/** Tells those who are named and may see the case; a letter without content, and a mark in their inbox. Answers who they are. */
export async function tellMentioned(tx: Tx, actor: Actor, report: Report, text: string): Promise<string[]> {
  if (!text.includes('@')) return []
  const accounts = report.restricted_at ? await peopleOf(tx, report.id) : await holdersOf(tx, 'reports.read')
  const nameOf = await namesOf(tx, accounts)
  const own = actor.kind === 'member' ? actor.accountId : ''
  const named = mentionedIn(text, accounts.map((id) => ({ id, name: nameOf(id) }))).filter((id) => id !== own)
  for (const account of named) await markMentioned(tx, account, report.id)
  if (named.length > 0) await tellAccounts(tx, named, report, 'you are named in a note')
  return named
}
