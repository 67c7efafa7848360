import { z } from 'zod'
import { Refused } from '../../../lib/errors.ts'
import { matches, nameOf, readFilter, type Filter } from './filter.ts'

/** One change of a PATCH (RFC 7644, section 3.5.2). Entra ID writes the operation with a capital. */
export const PatchOperation = z.object({
  op: z.string().transform((op) => op.toLowerCase()).pipe(z.enum(['add', 'replace', 'remove'])),
  path: z.string().max(2000).optional(),
  value: z.unknown().optional(),
})
export type PatchOperation = z.output<typeof PatchOperation>

export type Resource = { readonly [attribute: string]: unknown }

/** What can be changed, each name as it is written; whatever else a directory sends is left out, as it is when it creates. */
export type Attributes = Readonly<Record<string, 'one' | 'many' | readonly string[]>>

interface Target { readonly attribute: string; readonly where?: Filter; readonly part?: string }

const invalidPath = () => new Refused('invalidPath', 'This path cannot be read (RFC 7644, section 3.5.2).')
const noTarget = () => new Refused('noTarget', 'Nothing is at this path.')

/** The resource after all operations; throws `Refused` with a code of SCIM, and then none of them has happened. */
export const patched = (resource: Resource, operations: readonly PatchOperation[], attributes: Attributes): Resource =>
  operations.reduce((before, operation) => apply(before, operation, attributes), resource)

function apply(resource: Resource, { op, path, value }: PatchOperation, attributes: Attributes): Resource {
  if (path !== undefined) return change(resource, op, path, value, attributes)
  if (op === 'remove') throw noTarget()
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Refused('invalidValue', 'Without a path, the value is an object.')
  return Object.entries(value).reduce((before, [name, one]) => change(before, op, name, one, attributes), resource)
}

function change(resource: Resource, op: PatchOperation['op'], path: string, value: unknown, attributes: Attributes): Resource {
  const target = targetOf(path, attributes)
  if (!target) return resource
  const { attribute, where, part } = target
  const kind = attributes[attribute]!
  const before = resource[attribute]
  if (kind === 'many') return { ...resource, [attribute]: changeMany(listOf(before), op, target, value) }
  if (where) throw invalidPath()
  if (kind === 'one') return { ...resource, [attribute]: op === 'remove' ? undefined : value }
  if (part === undefined) return { ...resource, [attribute]: op === 'remove' ? undefined : { ...recordOf(before), ...recordOf(value) } }
  return { ...resource, [attribute]: { ...recordOf(before), [partOf(kind, part)]: op === 'remove' ? undefined : value } }
}

function changeMany(before: readonly unknown[], op: PatchOperation['op'], { where, part }: Target, value: unknown): unknown[] {
  if (where) return changeSome(before, op, where, part, value)
  const given = listOf(value)
  if (op === 'replace') return given
  // Entra ID names what it removes in the value.
  if (op === 'remove') return given.length === 0 ? [] : before.filter((one) => !given.some((gone) => sameValue(one, gone)))
  return [...before, ...given.filter((one) => !before.some((there) => sameValue(there, one)))]
}

function changeSome(before: readonly unknown[], op: PatchOperation['op'], where: Filter, part: string | undefined, value: unknown): unknown[] {
  const hit = (one: unknown) => matches(where, one)
  if (op === 'remove' && part === undefined) return before.filter((one) => !hit(one))
  const set = part === undefined ? recordOf(value) : { [part]: op === 'remove' ? undefined : value }
  if (before.some(hit)) return before.map((one) => hit(one) ? { ...recordOf(one), ...set } : one)
  if (op === 'remove') throw noTarget()
  // Entra ID adds `emails[type eq "work"].value` where there is none yet: the filter says what the new one is.
  return where.is === 'eq' ? [...before, { [where.path]: where.value, ...set }] : before.slice()
}

/** `emails[type eq "work"].value`, `name.givenName`, `active`; null where it is an attribute that we do not keep. */
function targetOf(path: string, attributes: Attributes): Target | null {
  const extended = Object.keys(attributes).find((one) => path.toLowerCase().startsWith(one.toLowerCase()) && one.startsWith('urn:'))
  if (extended) {
    const inner = path.slice(extended.length + 1).split('.')[0]
    return { attribute: extended, ...inner !== '' && { part: inner! } }
  }
  const [, head = '', filter, part] = /^([^[\]]+?)(?:\[(.*)\](?:\.([\w$]+))?)?$/s.exec(path.trim()) ?? []
  if (head === '') throw invalidPath()
  if (/^urn:/i.test(head) && !/^urn:ietf:params:scim:schemas:core:/i.test(head)) return null
  const [name = '', sub] = nameOf(head).split('.')
  const attribute = Object.keys(attributes).find((one) => one.toLowerCase() === name)
  if (!attribute) return null
  const inner = part?.toLowerCase() ?? sub
  return { attribute, ...filter !== undefined && { where: readFilter(filter) }, ...inner !== undefined && { part: inner } }
}

const partOf = (parts: readonly string[], name: string): string => parts.find((part) => part.toLowerCase() === name) ?? name
const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value as Record<string, unknown> : {}
const listOf = (value: unknown): unknown[] => Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
const sameValue = (a: unknown, b: unknown): boolean => recordOf(a).value !== undefined && recordOf(a).value === recordOf(b).value
