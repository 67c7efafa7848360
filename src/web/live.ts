import type { Database } from '../db/database.ts'
import type { Handler } from './module.ts'

type Told = () => void

/** A stream is ended after this long and opened anew by the browser, so that somebody whose access has ended hears no more. */
const streamMs = 10 * 60_000
const heartbeatMs = 20_000
/** What happens in quick succession is told once. */
const gatherMs = 200

/**
 * `GET /live`: server-sent events that say no more than that something has happened in this organisation. The page that hears
 * one fetches itself again. Entries tell it by themselves (`avow_sequenced`), what leaves none by `avow_desk`. One listener on the database serves
 * every stream of this process.
 */
export function liveStream(database: Database): Handler {
  const followers = new Map<string, Set<Told>>()
  let listening: Promise<unknown> | undefined
  // An empty payload means that notifications may have been missed: everybody looks.
  const tell = (organizationId: string) => {
    for (const [id, told] of followers) if (organizationId === '' || id === organizationId) for (const one of told) one()
  }
  return async ({ organization, request }) => {
    await (listening ??= Promise.all([database.listen('avow_sequenced', tell), database.listen('avow_desk', tell)]))
    const told = followers.get(organization.id) ?? new Set()
    followers.set(organization.id, told)
    return new Response(stream(told, request.signal), { headers: { 'content-type': 'text/event-stream', 'x-accel-buffering': 'no' } })
  }
}

function stream(followers: Set<Told>, gone: AbortSignal): ReadableStream<Uint8Array<ArrayBuffer>> {
  let end = () => {}
  return new ReadableStream({
    start(controller) {
      const say = (text: string) => controller.enqueue(new TextEncoder().encode(text) as Uint8Array<ArrayBuffer>)
      let gathering: NodeJS.Timeout | undefined
      const told = () => void (gathering ??= setTimeout(() => { gathering = undefined; say('event: refresh\ndata: \n\n') }, gatherMs))
      const heartbeat = setInterval(() => say(': still here\n\n'), heartbeatMs)
      const over = setTimeout(() => { end(); controller.close() }, streamMs)
      end = () => {
        followers.delete(told)
        for (const timer of [gathering, heartbeat, over]) clearTimeout(timer)
      }
      followers.add(told)
      gone.addEventListener('abort', () => end())
      say('retry: 2000\n\n')
    },
    cancel: () => end(),
  })
}
