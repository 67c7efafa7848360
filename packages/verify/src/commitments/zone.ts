/**
 * Local time of one zone as plain integers: "local milliseconds" are what a wall clock shows, read as if it were UTC.
 * Monitors compute a deadline for every entry of a replay, and `Temporal.ZonedDateTime` costs microseconds each time;
 * here Temporal is asked once for each change of the zone's offset. Tests hold the two to the same answers.
 */
export interface Zone {
  toLocal(atMs: number): number
  /** A wall-clock time that is skipped or shown twice resolves as Temporal's `compatible`: later in a gap, the first of two. */
  toInstant(localMs: number): number
}

interface Span { readonly from: number; readonly until: number; readonly offset: number }

const DAY_MS = 86_400_000
const zones = new Map<string, Zone>()

/** Throws RangeError for a zone that the time zone database does not know. */
export function zoneOf(name: string): Zone {
  let zone = zones.get(name)
  if (!zone) zones.set(name, zone = openZone(name))
  return zone
}

function openZone(name: string): Zone {
  let latest = firstSpan(name)
  const spans = [latest]

  const offsetAt = (atMs: number): number => {
    if (atMs < latest.from || atMs >= latest.until) {
      latest = spans.find((span) => atMs >= span.from && atMs < span.until) ?? spans[spans.push(spanAt(name, atMs)) - 1]!
    }
    return latest.offset
  }

  return {
    toLocal: (atMs) => atMs + offsetAt(atMs),
    toInstant(localMs) {
      const before = offsetAt(localMs - DAY_MS)
      const after = offsetAt(localMs + DAY_MS)
      if (before === after || offsetAt(localMs - before) === before) return localMs - before
      return offsetAt(localMs - after) === after ? localMs - after : localMs - before
    },
  }
}

function firstSpan(name: string): Span {
  try { return spanAt(name, 0) } catch { throw new RangeError(`“${name}” is not a zone of the time zone database, like Europe/Lisbon.`) }
}

function spanAt(name: string, atMs: number): Span {
  const at = Temporal.Instant.fromEpochMilliseconds(Math.floor(atMs)).toZonedDateTimeISO(name)
  const next = at.getTimeZoneTransition('next')
  // `previous` looks strictly before, so it is asked from just after this moment.
  const previous = at.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  return { from: previous?.epochMilliseconds ?? -Infinity, until: next?.epochMilliseconds ?? Infinity, offset: at.offsetNanoseconds / 1e6 }
}
