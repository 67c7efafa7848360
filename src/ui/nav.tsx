import { at } from '../web/place.ts'

export interface Place {
  readonly to: string
  readonly label: string
  readonly count?: number
  readonly late?: boolean
  /** Pages that belong to it and lie elsewhere. */
  readonly also?: readonly string[]
  /** Places of one group stand together, under its name where there is room. */
  readonly group?: string
}

/** Links to places. The one we are at, or below, is said to be current; the longest match wins. */
export function Nav({ label, places, here }: { label: string; places: readonly Place[]; here: string }) {
  const current = places.find(p => p.also?.includes(here)) ?? places.filter(p => covers(p.to, here)).toSorted((a, b) => b.to.length - a.to.length)[0]
  return (
    <nav aria-label={label}>
      <ul class="nav">
        {places.map((place, i) => (
          <>
            {place.group !== undefined && place.group !== places[i - 1]?.group ? <li class="nav-head">{place.group}</li> : null}
            <li>
              <a href={at(place.to)} aria-current={place === current ? (place.to === here ? 'page' : 'true') : undefined}>
                {place.label}<Count of={place} />
              </a>
            </li>
          </>
        ))}
      </ul>
    </nav>
  )
}

const Count = ({ of: { count, late } }: { of: Place }) =>
  count ? <span class={late ? 'count count-late' : 'count'}>{count}{late ? <span class="unseen"> late</span> : null}</span> : null

const covers = (place: string, here: string) => place === here || (place !== '/' && here.startsWith(`${place}/`))
