import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Tx } from '../../../db/tx.ts'

const hours = 12
const macBytes = 32

/**
 * What the address of a running package carries: whose attempt it is and until when, with a MAC. It is no session: it opens the package's files and
 * takes reports about this one attempt. The attempt's id (16 bytes), seconds since 1970 (4), HMAC-SHA256 (32), in base64url.
 */
export function runToken(tx: Tx, attemptId: string): string {
  const head = Buffer.alloc(20)
  head.write(attemptId.replaceAll('-', ''), 'hex')
  head.writeUInt32BE(Math.floor(tx.now.epochMilliseconds / 1000) + hours * 3600, 16)
  return Buffer.concat([head, mac(tx, head, tx.keyring.currentEpoch)]).toString('base64url')
}

/** Null where it is none of ours, or has run out. */
export function attemptIn(tx: Tx, token: string): string | null {
  const bytes = Buffer.from(token, 'base64url')
  if (bytes.length !== 20 + macBytes || bytes.toString('base64url') !== token) return null
  const [head, given] = [bytes.subarray(0, 20), bytes.subarray(20)]
  if (!tx.keyring.epochs().some(({ epoch }) => timingSafeEqual(mac(tx, head, epoch), given))) return null
  if (head.readUInt32BE(16) * 1000 <= tx.now.epochMilliseconds) return null
  return head.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')
}

const mac = (tx: Tx, head: Buffer, epoch: number): Buffer =>
  createHmac('sha256', tx.keyring.derive('course-run', epoch)).update(`${tx.organizationId}\n`).update(head).digest()
