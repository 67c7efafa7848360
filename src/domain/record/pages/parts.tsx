import { at } from '../../../web/place.ts'
import type { Page } from '../../../web/page.ts'
import type { Subject } from '../list-entries.ts'

export const auditors = { may: 'openings.read' } as const

const places: Readonly<Record<string, string>> = { report: '/desk/reports', system: '/desk/systems', policy: '/desk/policies' }

/** What an entry is about; what has a page at the desk leads there. */
export const Subjects = ({ of }: { of: readonly Subject[] }) => of.length === 0
  ? <span class="soft">the organisation</span>
  : <>{of.map((subject, i) => <>{i > 0 ? ', ' : ''}<OneSubject of={subject} /></>)}</>

const OneSubject = ({ of: { kind, id, label } }: { of: Subject }) => id !== null && places[kind]
  ? <a href={at(`${places[kind]}/${id}`)}>{kind === 'report' ? 'a report' : label}</a>
  : <>{label}</>

/** The entry that the address names; what is no number is nowhere. */
export const place = (page: Page): number => /^\d{1,15}$/.test(page.param('index')) ? Number(page.param('index')) : -1
