import type { DutyAbout } from '../../../commitments/index.ts'
import { Time } from '../../../ui/time.tsx'
import { at } from '../../../web/place.ts'

/** What is owed to this report, by when, and the sentence that promised it. */
export const DutyList = ({ duties, zone }: { duties: readonly DutyAbout[]; zone: string }) =>
  duties.length === 0 ? null : (
    <ul class="duties" aria-label="Owed to this report">
      {duties.map((duty) => (
        <li class={duty.late ? 'duty duty-late' : 'duty duty-soon'}>
          <div>
            <span class="duty-what">{duty.what}</span>
            <div class="soft">Promised: <a href={at(`/policies/${duty.policy}#c-${duty.mark}`)}>{duty.sentence}</a></div>
          </div>
          <span class="duty-when">{duty.late ? 'was due' : 'by'} <Time at={duty.dueAt} zone={zone} /></span>
        </li>
      ))}
    </ul>
  )
