import { zonePlaces } from './zone-places.ts'

type Place = readonly [north: number, east: number]

/** How far from a place of its time zone somebody may well be, in kilometres: Mumbai is 1,700 from Kolkata, where India’s is. */
const slackKm = 3000
/** As fast as an airliner flies. */
const kmPerHour = 1000
/** Mean radius of the earth (IUGG). */
const earthKm = 6371

/**
 * Whether nobody can have been in both countries within so many hours: even their nearest places are too far apart. Countries by ISO 3166-1
 * alpha-2; what is not known is taken to be possible.
 */
export function isImpossible(from: string, to: string, hours: number): boolean {
  const km = nearestKm(places.get(from) ?? [], places.get(to) ?? [])
  return from !== to && Number.isFinite(km) && km - slackKm > hours * kmPerHour
}

const nearestKm = (some: readonly Place[], others: readonly Place[]): number =>
  Math.min(...some.flatMap((one) => others.map((other) => greatCircleKm(one, other))))

/** Haversine formula. */
function greatCircleKm([north1, east1]: Place, [north2, east2]: Place): number {
  const half = (from: number, to: number) => Math.sin((radians(to) - radians(from)) / 2) ** 2
  const h = half(north1, north2) + Math.cos(radians(north1)) * Math.cos(radians(north2)) * half(east1, east2)
  return 2 * earthKm * Math.asin(Math.sqrt(h))
}

const radians = (degrees: number): number => degrees * Math.PI / 180

const places = readPlaces()

function readPlaces(): ReadonlyMap<string, readonly Place[]> {
  const found = new Map<string, Place[]>()
  for (const [, country, degrees] of zonePlaces.matchAll(/([A-Z]{2})([+\-\d]+)/g)) {
    const pairs = [...degrees!.matchAll(/([+-]\d+)([+-]\d+)/g)].map(([, north, east]): Place => [Number(north), Number(east)])
    found.set(country!, [...found.get(country!) ?? [], ...pairs])
  }
  return found
}
