import { createHmac, hkdfSync } from 'node:crypto'
import type { Tx } from '../db/tx.ts'
import { dataKey, organizationKey } from './envelope.ts'

/**
 * A keyed hash by which a sealed value is found again: the same for the same value in one organisation and place, and of no use elsewhere.
 * It tells whoever reads the database nothing but which rows are equal.
 */
export async function lookupHash(tx: Tx, place: string, value: string): Promise<Buffer> {
  const key = hkdfSync('sha256', await dataKey(tx, await organizationKey(tx)), '', `avow/lookup/${place}/v1`, 32)
  return createHmac('sha256', Buffer.from(key)).update(value).digest()
}
