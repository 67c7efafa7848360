import type { Actor } from '../../../access/actor.ts'
import type { Tx } from '../../../db/tx.ts'
import { Invalid } from '../../../lib/errors.ts'
import { findReportNamed } from '../find.ts'
import { reportLines, type ReportLine } from '../list-reports.ts'
import { noteDoing } from './doings.ts'
import type { LinkKind } from './tables.ts'

export interface Link { readonly from: string; readonly to: string; readonly kind: LinkKind }

export async function findLink(tx: Tx, actor: Actor, id: string, other: string): Promise<string> {
  const found = await findReportNamed(tx, actor, other)
  if (!found || found === id) throw new Invalid({ other: found ? 'That is this report itself.' : 'There is no report with this number.' })
  return found
}

/** False where nothing changes. */
export async function setLink(tx: Tx, actor: Actor, { from, to, kind }: Link, on: boolean, batch = tx.newId()): Promise<boolean> {
  const row = { organization_id: tx.organizationId, from_id: from, to_id: to, kind }
  const changed = on
    ? (await tx.db.insertInto('case_links').values(row).onConflict((conflict) => conflict.doNothing()).executeTakeFirst()).numInsertedOrUpdatedRows
    : (await tx.db.deleteFrom('case_links').where('from_id', '=', from).where('to_id', '=', to).where('kind', '=', kind).executeTakeFirst()).numDeletedRows
  if (!changed) return false
  const what = on ? 'linked' : 'unlinked'
  await noteDoing(tx, actor, from, { what, undo: { link: { from, to, kind }, had: !on }, batch })
  await noteDoing(tx, actor, to, { what })
  return true
}

/** A linked case, and how it stands to this one. */
export interface LinkedCase { readonly report: ReportLine; readonly words: string; readonly kind: LinkKind }

const words: Readonly<Record<LinkKind, readonly [from: string, to: string]>> = {
  related: ['related to', 'related to'], blocks: ['blocks', 'is blocked by'], 'split from': ['split from', 'split into'],
  'duplicate of': ['repeats', 'is repeated by'],
}

/** Those that the actor may see. */
export async function linksOf(tx: Tx, actor: Actor, id: string): Promise<LinkedCase[]> {
  const rows = await tx.db.selectFrom('case_links').select(['from_id', 'to_id', 'kind'])
    .where((is) => is.or([is('from_id', '=', id), is('to_id', '=', id)])).execute()
  const other = (row: (typeof rows)[number]) => row.from_id === id ? row.to_id : row.from_id
  const lines = new Map((await reportLines(tx, actor, rows.map(other))).map((line) => [line.id, line]))
  return rows.flatMap((row) => {
    const report = lines.get(other(row))
    return report ? [{ report, kind: row.kind, words: words[row.kind][row.from_id === id ? 0 : 1] }] : []
  })
}
