import { at } from '../web/place.ts'

export interface Place {
  readonly to: string
  readonly label: string
  readonly count?: number
  readonly late?: boolean
  /** Pages that belong to it and lie elsewhere. */
  readonly also?: readonly string[]
  /** Places of one group stand together, folded under its name. */
  readonly group?: string
}

/**
 * Links to places. The one we are at, or below, is said to be current; the longest match wins. Places of a group fold away under its name,
 * but for the group we are in: that works without script, and the way to everything stays short.
 */
export function Nav({ label, places, here }: { label: string; places: readonly Place[]; here: string }) {
  const current = places.find(p => p.also?.includes(here)) ?? places.filter(p => covers(p.to, here)).toSorted((a, b) => b.to.length - a.to.length)[0]
  const links = (of: readonly Place[]) => of.map((place) => <Link place={place} current={place === current} here={here} />)
  return (
    <nav aria-label={label}>
      <ul class="nav">
        {[...Map.groupBy(places, ({ group }) => group)].map(([group, inside]) => group === undefined ? links(inside) : (
          <li class="nav-group">
            <details name="places" open={current !== undefined && inside.includes(current)}>
              <summary>{group}</summary>
              <ul class="nav">{links(inside)}</ul>
            </details>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const Link = ({ place, current, here }: { place: Place; current: boolean; here: string }) => (
  <li><a href={at(place.to)} aria-current={current ? (place.to === here ? 'page' : 'true') : undefined}>{place.label}<Count of={place} /></a></li>
)

const Count = ({ of: { count, late } }: { of: Place }) =>
  count ? <span class={late ? 'count count-late' : 'count'}>{count}{late ? <span class="unseen"> late</span> : null}</span> : null

const covers = (place: string, here: string) => place === here || (place !== '/' && here.startsWith(`${place}/`))
