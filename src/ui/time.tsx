/** A moment: day, time and zone in full. Script may add how long ago that was; the full form never goes away. */
export const Time = ({ at, zone = 'UTC', dateOnly }: { at: Temporal.Instant | Date | string | number; zone?: string; dateOnly?: boolean }) => {
  const instant = toInstant(at)
  const exact = instant.toString({ smallestUnit: 'second' })
  return (
    <time datetime={exact} title={exact} data-relative={dateOnly ? undefined : ''}>
      {dateOnly ? inDays(instant, zone) : inFull(instant, zone)}
    </time>
  )
}

const toInstant = (at: Temporal.Instant | Date | string | number): Temporal.Instant =>
  at instanceof Temporal.Instant ? at : Temporal.Instant.fromEpochMilliseconds(new Date(at).getTime())

const formats = new Map<string, Intl.DateTimeFormat>()
const format = (zone: string, options: Intl.DateTimeFormatOptions, key: string) => {
  const found = formats.get(zone + key) ?? new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...options })
  formats.set(zone + key, found)
  return found
}

/** `5 January 2026`, in the zone. */
export const inDays = (at: Temporal.Instant, zone: string): string =>
  format(zone, { day: 'numeric', month: 'long', year: 'numeric' }, 'd').format(at.epochMilliseconds)

/** `5 Jan 2026, 09:00 UTC`, in the zone. A line breaks after a hyphen, and not after a minus. */
export const inFull = (at: Temporal.Instant, zone: string): string =>
  format(zone, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit', timeZoneName: 'short' }, 'f').format(at.epochMilliseconds)
    .replace('GMT-', 'GMT\u2212')

/** A span in the two largest units that matter: `4 d 2 h`, `35 min`. */
export function span(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60]
  if (days >= 10) return `${days} d`
  if (days > 0) return hours ? `${days} d ${hours} h` : `${days} d`
  if (hours > 0) return rest ? `${hours} h ${rest} min` : `${hours} h`
  return minutes > 0 ? `${minutes} min` : 'under a minute'
}
