import {
  consistencyNodes, cosignatures, formatAddCheckpoint, formatSignature, fromDecimal, parseNote, parseSignatures, parseVkey, readProof,
  signaturesBy,
} from 'avow-verify'
import type { Selectable } from 'kysely'
import type { Database } from '../db/database.ts'
import type { Tx } from '../db/tx.ts'
import { LedgerFatal } from '../lib/errors.ts'
import { outbound, Unreachable, type OutboundOptions } from '../lib/outbound.ts'
import { newestCheckpoint, nodeReader, publishedCheckpoint } from './storage.ts'
import type { CheckpointRow, WitnessRow } from './tables.ts'

type Witness = Selectable<WitnessRow>

const longestAnswer = 16_384

/**
 * Shows the newest public state to every witness that has not cosigned it, or to all of them, and keeps the cosignatures. A witness that cannot
 * be reached is asked again later. Throws LedgerFatal when one has cosigned more than we hold, or something else: then what we hold is not the
 * log that we signed. An administrator has named the addresses: they are asked where `reach` allows, and no further.
 */
export async function askWitnesses(database: Database, organizationId: string, which: 'behind' | 'all', reach: OutboundOptions = {}): Promise<void> {
  const asked = await database.read(organizationId, async (tx) => {
    const checkpoint = await publishedCheckpoint(tx)
    return checkpoint && { checkpoint, witnesses: await tx.db.selectFrom('witnesses').selectAll().execute() }
  })
  if (!asked) return
  const witnesses = asked.witnesses.filter(({ size }) => which === 'all' || size < asked.checkpoint.size)
  const outcomes = await Promise.allSettled(witnesses.map((witness) => askWitness({ database, witness, reach }, asked.checkpoint)))
  const fatal = outcomes.find((outcome) => outcome.status === 'rejected' && outcome.reason instanceof LedgerFatal)
  if (fatal?.status === 'rejected') throw fatal.reason
}

interface Asked { readonly database: Database; readonly witness: Witness; readonly reach: OutboundOptions }

async function askWitness(asked: Asked, checkpoint: CheckpointRow): Promise<void> {
  const { database, witness } = asked
  const { organization_id: organizationId, vkey } = witness
  try {
    const lines = await submit(asked, checkpoint, Math.min(witness.size, checkpoint.size))
    const kept = await ofWitness(vkey, checkpoint.note, lines)
    await database.write(organizationId, async (tx) => {
      await tx.db.insertInto('cosignatures').values({ organization_id: organizationId, size: checkpoint.size, witness: vkey, ...kept })
        .onConflict((conflict) => conflict.doNothing()).execute()
      await tx.db.updateTable('witnesses').set({ size: checkpoint.size, error: null }).where('vkey', '=', vkey).execute()
    })
  } catch (error) {
    await database.write(organizationId, (tx) => tx.db.updateTable('witnesses').set({ error: wordsFor(error) }).where('vkey', '=', vkey).execute())
    throw error
  }
}

/** Answers the signature lines. What the witness cosigned last may be more than we know of, when an answer of its was lost: then once again from there. */
async function submit(asked: Asked, checkpoint: CheckpointRow, oldSize: number, again = false): Promise<string> {
  const { database, witness, reach } = asked
  const response = await post(witness.url, reach, await database.read(witness.organization_id, (tx) => requestFor(tx, checkpoint, oldSize)))
  if (response.status === 200) return response.body
  if (response.status === 409 && response.type === 'text/x.tlog.size') {
    const cosigned = fromDecimal(response.body.trimEnd(), 'witness')
    const { size = 0 } = await database.read(witness.organization_id, newestCheckpoint) ?? {}
    if (cosigned > size) throw new LedgerFatal(`The witness ${parseVkey(witness.vkey).name} has cosigned ${cosigned} entries, and only ${size} are here.`)
    if (!again && cosigned !== oldSize && cosigned <= checkpoint.size) return submit(asked, checkpoint, cosigned, true)
    if (cosigned === oldSize) throw forked(witness, oldSize)
  }
  if (response.status === 422) throw forked(witness, oldSize)
  throw new WitnessFailed(`answered_${response.status}`)
}

const forked = ({ vkey }: Witness, size: number) =>
  new LedgerFatal(`The witness ${parseVkey(vkey).name} has cosigned another history of the first ${size} entries.`)

async function requestFor(tx: Tx, { size, note: checkpoint }: CheckpointRow, oldSize: number): Promise<string> {
  return formatAddCheckpoint({ oldSize, proof: await readProof(consistencyNodes(oldSize, size), nodeReader(tx, size)), checkpoint })
}

async function post(url: string, reach: OutboundOptions, body: string): Promise<{ status: number; type: string | null; body: string }> {
  const response = await outbound(`${url}/add-checkpoint`, { method: 'POST', body }, { ...reach, maxBytes: longestAnswer })
    .catch((error) => { throw new WitnessFailed(error instanceof Unreachable ? error.code : 'unreachable') })
  return { status: response.status, type: response.headers.get('content-type'), body: await response.text() }
}

/** The one line among the answer's that is the witness's own and verifies; all others are ignored. */
async function ofWitness(vkey: string, note: string, lines: string): Promise<{ line: string; at_ms: number }> {
  const key = parseVkey(vkey)
  const [signature] = signaturesBy(key, parseSignatures(lines))
  if (!signature) throw new WitnessFailed('no_cosignature')
  const { text } = parseNote(note)
  const [cosignature] = await cosignatures([key], { text, signatures: [signature] }).catch(() => [])
  if (!cosignature) throw new WitnessFailed('bad_cosignature')
  return { line: formatSignature(signature), at_ms: cosignature.at }
}

/** A failure of the other party: data on its row, and another try later. */
class WitnessFailed extends Error {}

const wordsFor = (error: unknown): string => (error instanceof WitnessFailed || error instanceof LedgerFatal ? error.message : 'failed')

