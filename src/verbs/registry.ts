import { permissions } from '../access/roles.ts'
import type { Query, Verb } from './verb.ts'

/** Whatever lists operations: a module of the application, or a test. */
export interface Operations { readonly name: string; readonly verbs: readonly Verb[]; readonly queries: readonly Query[] }
export type Operation = Verb | Query

/** Every operation by its name. Made once at start-up. */
export interface Registry {
  readonly verbs: readonly Verb[]
  readonly queries: readonly Query[]
  find(name: string): Operation | null
}

/**
 * Refuses to start on two operations of one name, a name that is not `noun.verb`, a permission that the table does not
 * hold, or a verb that names an entry kind nobody has defined.
 */
export function registry(modules: readonly Operations[], isKind: (kind: string) => boolean): Registry {
  const verbs = modules.flatMap((module) => module.verbs)
  const queries = modules.flatMap((module) => module.queries)
  const byName = new Map<string, Operation>()
  for (const operation of [...verbs, ...queries]) {
    check(operation, isKind)
    if (byName.has(operation.name)) throw new Error(`Two operations are called “${operation.name}”.`)
    byName.set(operation.name, operation)
  }
  return { verbs, queries, find: (name) => byName.get(name) ?? null }
}

function check(operation: Operation, isKind: (kind: string) => boolean): void {
  const { name } = operation
  if (!/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*$/.test(name)) throw new Error(`“${name}” is not of the form noun.verb.`)
  if (!Object.hasOwn(permissions, operation.may)) throw new Error(`“${name}” names no permission of the table: ${String(operation.may)}.`)
  if (operation.is !== 'verb') return
  for (const kind of operation.entries) if (!isKind(kind)) throw new Error(`“${name}” may append “${kind}”, which is no entry kind.`)
}
