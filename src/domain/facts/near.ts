import { sql } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { lookupHash } from '../../seal/lookup.ts'
import { bandsOf, fromBytes, signatureOf, similarity, toBytes } from './minhash.ts'
import type { Place } from './places.ts'

/** From here on two texts are shown as alike. */
const alikeFrom = 0.5
/** From here on one is nearly the other. */
export const nearlyTheSame = 0.8
/** A shorter text, in UTF-16 units, is like another by chance. */
const leastLetters = 120
/** So many of a band are compared: everybody's template would otherwise bring everything together. */
const mostOfBand = 50
const mostCompared = 200
const mostShown = 5

export interface Fingerprint { readonly text: string; readonly places: readonly Place[] }

/** Keeps how the text can be recognised, in place of what was kept. */
export async function keepFingerprint(tx: Tx, reportId: string, { text, places }: Fingerprint): Promise<void> {
  await forgetFingerprint(tx, reportId)
  const own = { organization_id: tx.organizationId, report_id: reportId }
  const signature = text.length < leastLetters ? null : signatureOf(text, (await lookupHash(tx, 'facts/minhash', 'seed')).subarray(0, 8))
  if (signature) {
    tx.send(tx.db.insertInto('report_signatures').values({ ...own, signature: toBytes(signature) }).execute())
    tx.send(tx.db.insertInto('report_bands').values([...new Set(bandsOf(signature))].map((band) => ({ ...own, band }))).execute())
  }
  const hashes = await Promise.all(places.map((place) => lookupHash(tx, 'facts/place', JSON.stringify(place))))
  if (hashes.length > 0) tx.send(tx.db.insertInto('report_places').values(hashes.map((hash) => ({ ...own, hash }))).execute())
}

export async function forgetFingerprint(tx: Tx, reportId: string): Promise<void> {
  for (const table of ['report_signatures', 'report_bands', 'report_places'] as const) {
    tx.send(tx.db.deleteFrom(table).where('report_id', '=', reportId).execute())
  }
}

export interface Alike { readonly report: string; readonly share: number }

/** Reports whose text is like this one's, the most alike first. Whoever shows them asks whether the reader may see each. */
export async function alikeTo(tx: Tx, reportId: string): Promise<Alike[]> {
  const { rows } = await sql<{ id: string; signature: Buffer }>`
    with candidates as (
      select other.report_id as id, count(*) as shared
      from report_bands mine cross join lateral (
        select report_id from report_bands b where b.band = mine.band and b.report_id <> mine.report_id order by b.report_id desc limit ${mostOfBand}
      ) other
      where mine.report_id = ${reportId} group by 1 order by 2 desc, 1 desc limit ${mostCompared})
    select report_id as id, signature
    from (select id from candidates union all values (${reportId}::uuid)) compared join report_signatures on report_id = compared.id`.execute(tx.db)
  const mine = rows.find(({ id }) => id === reportId)
  if (!mine) return []
  const signature = fromBytes(mine.signature)
  return rows.filter((row) => row !== mine).map((row) => ({ report: row.id, share: similarity(signature, fromBytes(row.signature)) }))
    .filter(({ share }) => share >= alikeFrom).toSorted((a, b) => b.share - a.share || (a.report < b.report ? -1 : 1)).slice(0, mostShown)
}

/** Reports of the same asset, weakness, endpoint and parameter, the oldest first. */
export async function atSamePlace(tx: Tx, reportId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select distinct other.report_id as id
    from report_places mine cross join lateral (
      select report_id from report_places p where p.hash = mine.hash and p.report_id <> mine.report_id order by p.report_id limit ${mostShown}
    ) other
    where mine.report_id = ${reportId} order by 1 limit ${mostShown}`.execute(tx.db)
  return rows.map(({ id }) => id)
}
