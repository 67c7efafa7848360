import { at } from '../../../web/place.ts'
import type { ListedArea } from '../responsibilities.ts'
import { parts } from '../tables.ts'

/** What one person answers for, on their page. */
export function Answers({ personId, areas }: { personId: string; areas: readonly ListedArea[] }) {
  const mine = areas.flatMap((area) => parts.filter((part) => area[part].some((one) => one.person === personId)).map((part) => `${area.area} (${part})`))
  return mine.length === 0 ? null : (
    <section class="stack" aria-labelledby="answers">
      <h2 id="answers">Answers for</h2>
      <p>{mine.join(', ')}. <a href={at('/desk/responsibilities')}>The whole table</a></p>
    </section>
  )
}
