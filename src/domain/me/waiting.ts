import type { Page } from '../../web/page.ts'
import { listMyAcceptances } from '../acceptances/index.ts'
import { myChecklist } from '../checklists/index.ts'
import { listMyCourses } from '../training/index.ts'
import type { Waiting } from './home.tsx'

/** What the practices ask of me beside what is promised: a policy or a course that no sentence speaks of, and my part in others' first and last days. */
export async function waitingFor(page: Page, promised: ReadonlySet<string | null>): Promise<Waiting[]> {
  const { policies } = await page.read(listMyAcceptances, {})
  const { courses } = await page.read(listMyCourses, {})
  const { items } = await page.read(myChecklist, {})
  const late = items.filter((item) => item.late).length
  return [
    ...policies.filter(({ accepted_at: at }) => at === null).map(({ policy, title }) =>
      ({ what: 'Accept a policy', about: title, deed: 'Read and accept', place: `/me/policies/${policy}`, late: false })),
    ...courses.filter(({ required, state }) => required && state !== 'passed').map(({ title, minutes }) =>
      ({ what: 'Pass a course', about: `${title}, ${minutes} minutes`, deed: 'Take the course', place: '/me/training', late: false })),
    ...items.length === 0 ? []
      : [{ what: 'Your checklist', about: `${items.length} to do${late > 0 ? `, ${late} late` : ''}`, deed: 'Open', place: '/me/checklist', late: late > 0 }],
  ].filter(({ place }) => !promised.has(place))
}
