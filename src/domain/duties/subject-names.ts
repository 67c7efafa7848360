import type { Actor } from '../../access/actor.ts'
import { may } from '../../access/may.ts'
import type { Tx } from '../../db/tx.ts'
import { identitiesOf, listPeople } from '../people/index.ts'
import { policiesInForce } from '../policies/index.ts'
import { listSystems } from '../systems/index.ts'

/** A subject of an entry: `value` as verbs take it, `label` as people call it. */
export interface SubjectName { readonly value: string; readonly label: string }

/** Names for what the ledger knows by an id. A person has a name only for those who may see the team; other things are their own names. */
export async function subjectNames(tx: Tx, actor: Actor): Promise<(kind: string, id: string) => SubjectName> {
  const people = may(actor, 'people.read') ? await listPeople(tx) : []
  const identity = await identitiesOf(tx, people)
  const names: Readonly<Record<string, ReadonlyMap<string, SubjectName>>> = {
    system: new Map((await listSystems(tx)).map(({ id, slug, title }) => [id, { value: slug, label: title }])),
    policy: new Map((await policiesInForce(tx)).map(({ policyId, slug, title }) => [policyId, { value: slug, label: `“${title}”` }])),
    person: new Map(people.map(({ id }) => [id, { value: id, label: identity(id).name }])),
  }
  return (kind, id) => names[kind]?.get(id) ?? { value: id, label: kind in names ? kind : `${kind} ${id}` }
}
