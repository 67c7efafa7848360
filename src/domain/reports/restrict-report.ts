import { z } from 'zod'
import { permissionsOfRoles } from '../../access/grants.ts'
import { rolesOf } from '../../access/memberships.ts'
import type { Member } from '../../access/actor.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { Forbidden, Invalid, NotFound, refuseIf } from '../../lib/errors.ts'
import { append } from '../../ledger/index.ts'
import { verb, type Work } from '../../verbs/verb.ts'
import { lockReport, type Report } from './find.ts'
import { personAdded, personRemoved, reportOpenedToTeam, reportRestricted } from './kinds.ts'
import { peopleOf } from './people.ts'
import { ReportId, updateReport } from './step.ts'

const person = z.uuid().describe('The person’s id (member.list)')

/** Under embargo, for instance. Whoever restricts it is the first who is added. */
export const restrictReport = verb({
  name: 'report.restrict', summary: 'Restrict a report to yourself and to those whom you add. Nobody else of the team sees it from now on.',
  may: 'reports.triage', entries: ['report.restricted'],
  input: z.object({ report: ReportId }),
  async run(work, input) {
    const { tx } = work
    const [report, member] = [await lockReport(tx, work.actor, input.report), byPerson(work)]
    refuseIf(report.restricted_at, 'restricted_already', 'The report is restricted already. Add people to it.')
    await updateReport(tx, report, { restricted_at: timestampOf(tx.now) })
    await insertPerson(tx, report, member.accountId, member)
    await append(tx, reportRestricted, { subjects: { report: report.id, person: member.accountId }, marks: {}, facts: {} })
    return { report: report.id }
  },
})

export const openToTeam = verb({
  name: 'report.open-to-team', summary: 'Show a restricted report to all of the team again whose roles read reports.',
  may: 'reports.triage', entries: ['report.opened-to-team'],
  input: z.object({ report: ReportId }),
  async run(work, input) {
    const report = await lockRestricted(work, input.report)
    await updateReport(work.tx, report, { restricted_at: null })
    await work.tx.db.deleteFrom('report_people').where('report_id', '=', report.id).execute()
    await append(work.tx, reportOpenedToTeam, { subjects: { report: report.id }, marks: {}, facts: {} })
    return { report: report.id }
  },
})

export const addPerson = verb({
  name: 'report.add-person', summary: 'Add somebody to a restricted report, who sees all of it from now on.',
  may: 'reports.triage', entries: ['report.person-added'],
  input: z.object({ report: ReportId, person }),
  async run(work, input) {
    const { tx } = work
    const report = await lockRestricted(work, input.report)
    const roles = await rolesOf(tx, input.person)
    const reads = roles && (await permissionsOfRoles(tx, roles)).includes('reports.read')
    if (!reads) throw new Invalid({ person: 'Choose somebody of the team whose role reads reports.' })
    await insertPerson(tx, report, input.person, byPerson(work))
    await append(tx, personAdded, { subjects: { report: report.id, person: input.person }, marks: {}, facts: {} })
    return { report: report.id }
  },
})

export const removePerson = verb({
  name: 'report.remove-person', summary: 'Take somebody off a restricted report, who sees nothing of it from now on.',
  may: 'reports.triage', entries: ['report.person-removed'],
  input: z.object({ report: ReportId, person }),
  async run(work, input) {
    const { tx } = work
    const report = await lockRestricted(work, input.report)
    const added = await peopleOf(tx, report.id)
    if (!added.includes(input.person)) throw new NotFound()
    refuseIf(added.length === 1, 'last_person', 'Nobody would see it then. Add somebody else first, or open it to the team.')
    await tx.db.deleteFrom('report_people').where('report_id', '=', report.id).where('account_id', '=', input.person).execute()
    await append(tx, personRemoved, { subjects: { report: report.id, person: input.person }, marks: {}, facts: {} })
    return { report: report.id }
  },
})

async function lockRestricted({ tx, actor }: Work, id: string): Promise<Report> {
  const report = await lockReport(tx, actor, id)
  refuseIf(!report.restricted_at, 'not_restricted', 'The report is open to the team.')
  return report
}

/** A report that was restricted as it came, since it was split off a restricted one: the same people see it. */
export async function restrictTo(work: Work, report: string, people: readonly string[]): Promise<void> {
  const [{ tx }, by] = [work, byPerson(work)]
  if (people.length === 0) return
  const added_at = timestampOf(tx.now)
  await tx.db.insertInto('report_people').values(people.map((account_id) => (
    { organization_id: tx.organizationId, report_id: report, account_id, added_by: by.accountId, added_at }))).execute()
  const [first, ...others] = people
  await append(tx, reportRestricted, { subjects: { report, person: first! }, marks: {}, facts: {} })
  for (const person of others) await append(tx, personAdded, { subjects: { report, person }, marks: {}, facts: {} })
}

/** Who sees a case is for people to decide. */
function byPerson({ actor }: Work): Member {
  if (actor.kind !== 'member') throw new Forbidden('reports.triage')
  return actor
}

async function insertPerson(tx: Tx, report: Report, account_id: string, by: Member): Promise<void> {
  const row = { added_by: by.accountId, added_at: timestampOf(tx.now) }
  await tx.db.insertInto('report_people').values({ organization_id: tx.organizationId, report_id: report.id, account_id, ...row })
    .onConflict((conflict) => conflict.columns(['organization_id', 'report_id', 'account_id']).doUpdateSet(row)).execute()
}
