import { namesOf } from '../../../access/accounts.ts'
import type { Actor } from '../../../access/actor.ts'
import type { Tx } from '../../../db/tx.ts'
import type { Report } from '../find.ts'
import type { Colleague } from '../people.ts'
import { unlessErased } from '../read-report.ts'
import { assignable, isWatched, tagsOf } from './changes.ts'
import { doingsOf, type DoingLine } from './doings.ts'
import { filledFields, type FilledField } from './fields.ts'
import { linksOf, type LinkedCase } from './links.ts'
import { lookingAt } from './reads.ts'
import { tasksOf, type Task } from './tasks.ts'
import { templates, type Template } from './templates.ts'

/** What the team keeps beside a case: whose it is, what is to be done, what it hangs together with, and who did what. */
export interface CaseDesk {
  readonly assignee: Colleague | null
  readonly assignable: readonly Colleague[]
  readonly watched: boolean
  readonly tags: readonly string[]
  readonly links: readonly LinkedCase[]
  readonly tasks: readonly Task[]
  readonly fields: readonly FilledField[]
  readonly doings: readonly DoingLine[]
  readonly looking: readonly string[]
  readonly templates: readonly Template[]
}

export async function deskOf(tx: Tx, actor: Actor, report: Report): Promise<CaseDesk> {
  const [accounts, watched, tags, links, tasks, fields, doings, looking, forms] = await Promise.all([
    assignable(tx, report), isWatched(tx, actor, report.id), tagsOf(tx, report.id), linksOf(tx, actor, report.id), unlessErased(tasksOf(tx, report)),
    unlessErased(filledFields(tx, report)), doingsOf(tx, actor, report.id), lookingAt(tx, actor, report.id), templates(tx),
  ])
  const nameOf = await namesOf(tx, [...accounts, ...report.assignee_id ? [report.assignee_id] : []])
  const named = (id: string): Colleague => ({ id, name: nameOf(id) })
  return {
    assignee: report.assignee_id ? named(report.assignee_id) : null, assignable: accounts.map(named), watched, tags, links, tasks: tasks ?? [],
      fields: fields ?? [],
    doings, looking, templates: forms,
  }
}
