import { readFileSync, statSync } from 'node:fs'

/** How visitors come through Tor: to an onion address of ours, or out of one of the exits on a list that the operator keeps. */
export interface TorWays {
  /** `http://….onion`, without a slash at its end. */
  readonly onionAddress?: string
  /** A file of addresses, one a line, as https://check.torproject.org/torbulkexitlist has it. */
  readonly exitList?: string
}

interface Seen { readonly host: string; readonly socket: string | undefined; readonly forwarded: string | undefined }

/** Our own tor hands visitors over on this machine and names no address. Whoever names the onion and comes another way is not believed. */
export function throughTor({ onionAddress, exitList }: TorWays, { host, socket, forwarded }: Seen): boolean {
  if (onionAddress && host === new URL(onionAddress).host && forwarded === undefined && isLoopback(socket)) return true
  const address = forwarded ?? socket
  return exitList !== undefined && address !== undefined && exitsOf(exitList).has(address.replace(/^::ffff:/i, ''))
}

/** Absent in tests, where nothing comes over a wire. */
const isLoopback = (socket: string | undefined) => socket === undefined || /^(::1|(::ffff:)?127\.[\d.]+)$/i.test(socket)

const LOOK_AGAIN_MS = 60_000
const lists = new Map<string, { exits: ReadonlySet<string>; changed: number; looked: number }>()

/** Read again within a minute of a change. A list that cannot be read stays as it was, so that no mishap of a download shuts anybody out. */
function exitsOf(file: string): ReadonlySet<string> {
  const known = lists.get(file)
  const now = performance.now()
  if (known && now - known.looked < LOOK_AGAIN_MS) return known.exits
  try {
    const changed = statSync(file).mtimeMs
    const exits = known?.changed === changed ? known.exits : new Set(readFileSync(file, 'utf8').split(/\s+/).filter(Boolean))
    lists.set(file, { exits, changed, looked: now })
    return exits
  } catch {
    lists.set(file, { exits: known?.exits ?? new Set(), changed: known?.changed ?? 0, looked: now })
    return known?.exits ?? new Set()
  }
}
