import { createHmac, randomBytes } from 'node:crypto'

/** Secrets of the Standard Webhooks format: `whsec_` and 24 to 64 bytes in base64. */
export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

export interface Message {
  /** webhook-id */
  readonly id: string
  /** Unix seconds, webhook-timestamp */
  readonly timestamp: number
  readonly body: string
}

/** The header webhook-signature: one signature for each secret that still counts, by Standard Webhooks 1.0, symmetric (`v1`). */
export const signatures = ({ id, timestamp, body }: Message, secrets: readonly string[]): string =>
  secrets.map((secret) => {
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
    return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
  }).join(' ')
