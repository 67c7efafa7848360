import { ErrorSummary, PageHead, PublicLayout, type Draft } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import type { Mediator } from '../mediators.ts'
import { MediationForm } from './case-guests.tsx'

export const ReporterMediationPage = ({ page, mediators, ...draft }: Draft & { page: Page; mediators: readonly Mediator[] }) => (
  <PublicLayout page={page} title="Call in a mediator">
    <PageHead trail={<a href={at('/track/report')}>Your report</a>} title="Call in a mediator"
      lead="Somebody from outside the team, whom the programme names, looks at the matter." />
    <ErrorSummary errors={draft.errors} />
    <p>They see what you reported, its files, and what you and the team wrote to each other. They do not learn who you are from us.</p>
    {mediators.length === 0 ? <p>The programme names nobody at the moment.</p>
      : <MediationForm to="/track/report/mediation" mediators={mediators} {...draft} />}
  </PublicLayout>
)
