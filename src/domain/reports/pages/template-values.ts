import type { DutyAbout } from '../../../commitments/index.ts'
import { inDays } from '../../../ui/time.tsx'
import type { Page } from '../../../web/page.ts'
import type { Values } from '../desk/templates.ts'
import type { Identity } from '../letters.ts'
import type { ReportView } from '../read-report.ts'

/** What a template says of this case, in words that its reporter may read. */
export function valuesOf(page: Page, report: ReportView & { reporter: Identity | null }, duties: readonly DutyAbout[]): Values {
  const [next] = duties
  return {
    reference: report.reference, id: report.short_id, title: report.reported?.title ?? '', reporter: report.reporter?.name || 'reporter',
    due: next ? inDays(Temporal.Instant.fromEpochMilliseconds(next.dueAt), page.zone) : 'soon', me: page.actor.kind === 'member' ? page.actor.personName : '',
    team: page.organization.name, state: report.in_words,
  }
}
