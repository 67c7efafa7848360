import type { Duty, Standing } from 'avow-verify'
import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import type { Tx } from '../../db/tx.ts'
import { pseudonymsOfAll, subjectsOf } from '../../ledger/index.ts'
import { hiddenFrom, reportLines, type ReportLine } from '../reports/index.ts'
import { placeOfDeed } from '../systems/index.ts'
import { ownDeed } from './own-deeds.ts'
import { subjectNames } from './subject-names.ts'

/** One thing that is owed, as the desk shows it. Moments are milliseconds since 1970 UTC. */
export interface DeskDuty {
  /** The kinds of entry of which one discharges it. */
  readonly what: readonly string[]
  readonly policy: string
  readonly mark: string
  readonly sentence: string
  readonly owner: string | null
  /** Null while its clock stands still. */
  readonly dueAt: number | null
  readonly late: boolean
  /** The report that it is about, where it is about one that this person may read. */
  readonly report: ReportLine | null
  /** Whatever else it is about: `The web app`. */
  readonly about: string
  /** The same, as verbs take it. */
  readonly subjects: Readonly<Record<string, string>>
  /** Where it is done, if this person may do it there. */
  readonly place: string | null
  /** The words of the button that leads there. */
  readonly deed: string
}

/** Those that this person may know of. That a restricted report exists is known to those who read the record, and to nobody else who was not added to it. */
export async function seenDuties(tx: Tx, actor: Actor, all: readonly Duty[]): Promise<readonly Duty[]> {
  if (may(actor, 'openings.read')) return all
  const hidden = await pseudonymsOfAll(tx, 'report', [...await hiddenFrom(tx, actor)])
  return all.filter(({ cases }) => !hidden.has(cases.report ?? ''))
}

/** Gives the engine's duties their names back: inside, a pseudonym leads to its subject. A title is opened for each: no more than are shown. */
export async function deskDuties(tx: Tx, actor: Actor, all: readonly Duty[], standings: readonly Standing[]): Promise<DeskDuty[]> {
  const duties = await seenDuties(tx, actor, all)
  const subjects = await subjectsOf(tx, duties.flatMap(({ cases }) => Object.values(cases)))
  const reportOf = ({ cases }: Duty) => subjects.get(cases.report ?? '')
  const reports = new Map((await reportLines(tx, actor, duties.flatMap((duty) => reportOf(duty) ?? []))).map((line) => [line.id, line]))
  const sentences = new Map(standings.map(({ policy, mark, sentence }) => [`${policy} ${mark}`, sentence]))
  const nameOf = await subjectNames(tx, actor)
  const about = ({ cases }: Duty) => Object.entries(cases).flatMap(([kind, pseudonym]) => {
    const id = subjects.get(pseudonym)
    return id === undefined ? [] : [[kind, nameOf(kind, id)] as const]
  })
  return duties.map((duty) => ({
    ...placed(actor, duty, Object.fromEntries(about(duty).map(([kind, { value }]) => [kind, value]))),
    what: duty.what,
    policy: duty.policy,
    mark: duty.mark,
    sentence: sentences.get(`${duty.policy} ${duty.mark}`) ?? '',
    owner: duty.owner ?? null,
    dueAt: duty.due_at ?? null,
    late: duty.overdue,
    report: reports.get(reportOf(duty) ?? '') ?? null,
    about: about(duty).filter(([kind]) => kind !== 'report').map(([, { label }]) => label).join(', '),
  }))
}

function placed(actor: Actor, duty: Duty, subjects: DeskDuty['subjects']): Pick<DeskDuty, 'place' | 'deed' | 'subjects'> {
  const place = may(actor, 'evidence.record') ? placeOfDeed(duty, subjects) : null
  return { place, subjects, deed: place?.startsWith('/desk/evidence') ? 'Record' : 'Look' }
}

/** What I owe in person, once each, by the first date of those that one deed meets; nothing that others do about me. */
export async function inPerson(tx: Tx, actor: Actor, mine: readonly Duty[], standings: readonly Standing[]): Promise<DeskDuty[]> {
  const aboutMe = mine.map(({ cases: { person: _, ...cases }, ...duty }) => ({ ...duty, cases }))
  const own = (await deskDuties(tx, actor, aboutMe, standings)).flatMap((duty) => {
    const deed = ownDeed(duty.what, duty.subjects.policy)
    return deed ? [{ ...duty, ...deed }] : []
  })
  own.sort((a, b) => (a.dueAt ?? Infinity) - (b.dueAt ?? Infinity))
  return own.filter(({ place }, at) => own.findIndex((first) => first.place === place) === at)
}
