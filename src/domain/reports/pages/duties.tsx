import { at } from '../../../web/place.ts'
import { inFull } from '../../../ui/time.tsx'

/** An obligation of this report that nobody has met yet, as the desk shows it. */
export interface CaseDuty { readonly what: string; readonly dueAt: number; readonly late: boolean; readonly sentence: string; readonly policy: string; readonly mark: string }

/** What is owed to this report, by when, and the sentence that promised it. */
export const DutyList = ({ duties, zone }: { duties: readonly CaseDuty[]; zone: string }) =>
  duties.length === 0 ? null : (
    <ul class="duties" aria-label="Owed to this report">
      {duties.map((duty) => (
        <li class={duty.late ? 'duty duty-late' : 'duty duty-soon'}>
          <span class="duty-what">{duty.what}</span>
          <span class="duty-when">{duty.late ? 'was due ' : 'by '}{inFull(Temporal.Instant.fromEpochMilliseconds(duty.dueAt), zone)}</span>
          <a href={at(`/policies/${duty.policy}#c-${duty.mark}`)}>the promise</a>
        </li>
      ))}
    </ul>
  )
