import { formatBundle, formatOpenings, Malformed, parseNumberPath, parseTilePath, tileWidth, type Tile } from 'avow-verify'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import type { Handler, Web } from '../../web/module.ts'
import { formatCosigned, readCosigned } from '../cosigned.ts'
import { publicOpenings } from '../openings.ts'
import { listHandovers } from '../handovers.ts'
import { listLogKeys, logKeyAfter, vkeyOf } from '../signing-keys.ts'
import { publishedCheckpoint, readTile } from '../storage.ts'
import type { CheckpointRow } from '../tables.ts'

const anyone = { may: 'public.read' } as const
const text = 'text/plain; charset=utf-8'
const lines = 'application/jsonl'
const bytes = 'application/octet-stream'

/** The log as c2sp.org/tlog-tiles serves it, and what Avow adds: docs/formats/ledger.md, "What is served where". */
export function serveLog(web: Web): void {
  web.get('/log/checkpoint', anyone, answer(text, brief, formatCosigned))
  web.get('/log/key', anyone, answer(text, brief, async (tx, { previous_size: size }) => `${vkeyOf(logKeyAfter(await listLogKeys(tx), size))}\n`))
  web.get('/log/keys', anyone, answer(lines, brief, async (tx, { size }) => jsonLines(await listHandovers(tx, size))))
  web.get('/log/tile/:path{.+}', anyone, answer(bytes, forGood, (tx, { size }, path) => tile(tx, parseTilePath(`tile/${path}`), size)))
  web.get('/log/openings/:path{.+}', anyone, answer(lines, brief, (tx, { size }, path) => openings(tx, parseNumberPath(path), size)))
  web.get('/log/cosigned/:path{.+}', anyone, answer(lines, brief, async (tx, { size }, path) => {
    const notes = await readCosigned(tx, parseNumberPath(path), size)
    return notes && jsonLines(notes)
  }))
}

type Read = (tx: Tx, published: CheckpointRow, path: string) => Promise<string | Uint8Array | undefined>

const forGood = 'public, max-age=31536000, immutable'
const brief = 'public, max-age=5'

/** Everything is read at one moment, and nothing beyond the published checkpoint is shown. */
const answer = (type: string, cache: string, read: Read): Handler => async (page) => {
  const body = await page.reading(async (tx) => {
    const published = await publishedCheckpoint(tx)
    return published && read(tx, published, page.params.path ?? '')
  }).catch((error: unknown) => {
    if (error instanceof Malformed) return undefined
    throw error
  })
  if (body === undefined) throw new NotFound()
  return new Response(body as BodyInit, { headers: { 'content-type': type, 'cache-control': cache, 'access-control-allow-origin': '*' } })
}

async function tile(tx: Tx, wanted: Tile, size: number): Promise<Uint8Array | undefined> {
  const { level, index, width } = wanted
  const count = level === 'entries' ? size : Math.floor(size / tileWidth ** level)
  if (index * tileWidth + width > count) return undefined
  if (level !== 'entries') return Buffer.concat(await readTile(tx, { level, index, width }))
  const from = index * tileWidth
  const rows = await tx.db.selectFrom('leaves').select('leaf').where('index', '>=', from).where('index', '<', from + width).orderBy('index').execute()
  return formatBundle(rows.map(({ leaf }) => leaf))
}

async function openings(tx: Tx, bundle: number, size: number): Promise<string | undefined> {
  const from = bundle * tileWidth
  return from < size ? formatOpenings(await publicOpenings(tx, from, Math.min(from + tileWidth, size))) : undefined
}

const jsonLines = (values: readonly unknown[]): string => values.map((value) => `${JSON.stringify(value)}\n`).join('')
