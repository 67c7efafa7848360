import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { connectionSettings } from './connections.ts'

export interface Listener {
  listen(channel: string, heard: (payload: string) => void): Promise<() => Promise<void>>
  close(): Promise<void>
}

/** One connection for all channels, opened at the first call and opened again when it is lost. */
export function openListener(url: string, onError: (error: Error) => void): Listener {
  const channels = new Map<string, Set<(payload: string) => void>>()
  const ready = new Map<string, Promise<unknown>>()
  let connection: Promise<pg.Client> | undefined
  let closed = false

  const tell = (channel: string, payload: string) => { for (const heard of channels.get(channel) ?? []) heard(payload) }

  async function connect(): Promise<pg.Client> {
    const client = new pg.Client({ ...connectionSettings(url), keepAlive: true })
    client.on('notification', ({ channel, payload }) => tell(channel, payload ?? ''))
    client.on('error', onError)
    await client.connect()
    client.once('end', () => { if (!closed) connection = reconnect() })
    for (const channel of channels.keys()) await client.query(`listen ${pg.escapeIdentifier(channel)}`)
    return client
  }

  async function reconnect(): Promise<pg.Client> {
    for (let waitMs = 50; ; waitMs = Math.min(waitMs * 2, 2000)) {
      await pause(waitMs, undefined, { ref: false })
      if (closed) throw new Error('The database is closed.')
      try {
        const client = await connect()
        for (const channel of channels.keys()) tell(channel, '')
        return client
      } catch (error) { onError(error as Error) }
    }
  }

  /** One statement at a time, and one for each channel however many listen; a new connection listens to all channels again. */
  function begin(client: pg.Client, channel: string): Promise<unknown> {
    const before = Promise.all(ready.values())
    const begun = before.then(() => client.query(`listen ${pg.escapeIdentifier(channel)}`)).catch((error) => { ready.delete(channel); throw error })
    ready.set(channel, begun)
    return begun
  }

  return {
    async listen(channel, heard) {
      const listeners = channels.get(channel) ?? new Set()
      channels.set(channel, listeners.add(heard))
      const client = await (connection ??= connect().catch((error) => { connection = undefined; throw error }))
      await (ready.get(channel) ?? begin(client, channel))
      return async () => { listeners.delete(heard) }
    },
    async close() {
      closed = true
      await connection?.then((client) => client.end()).catch(() => {})
    },
  }
}
