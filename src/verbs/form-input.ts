import type { z } from 'zod'
import { canBeLeftOut, elementOf, fieldName, innermost, isYesOrNo, kindOf, pathOf, shapeOf } from './fields.ts'

/** What somebody typed, nested as the field names say (`tools[0][name]`), before any schema has seen it. */
export type Entered = { [field: string]: Entered | string }

/** Rows beyond this are dropped: an index is only a way to keep rows apart. */
const maxIndex = 999

/** Nests posted fields by their names. A name that comes twice (a group of checkboxes) becomes rows 0, 1, 2 … */
export function entered(fields: Iterable<readonly [string, string]>): Entered {
  const root: Entered = Object.create(null)
  for (const [name, value] of fields) place(root, pathOf(name), value.replaceAll('\r\n', '\n'))
  return root
}

function place(node: Entered, [head, ...rest]: string[], value: string): void {
  if (head === undefined || (/^\d+$/.test(head) && Number(head) > maxIndex)) return
  const there = node[head]
  if (rest.length > 0) {
    const child = typeof there === 'object' ? there : (node[head] = Object.create(null) as Entered)
    place(child, rest, value)
  } else if (there === undefined) {
    node[head] = value
  } else {
    const rows = typeof there === 'object' ? there : (node[head] = Object.assign(Object.create(null), { 0: there }) as Entered)
    rows[String(Object.keys(rows).length)] = value
  }
}

/** The text entered in one field, for filling the form again: `textOf(input, 'tools[0][name]')`. */
export function textOf(input: Entered | undefined, name: string): string {
  let at: Entered | string | undefined = input
  for (const part of pathOf(name)) at = typeof at === 'object' ? at[part] : undefined
  return typeof at === 'string' ? at : ''
}

/** How many rows of a repeated field were entered, so that the form comes back with as many. */
export function rowsOf(input: Entered | undefined, name: string): number {
  const rows = input?.[name]
  return typeof rows === 'object' ? Math.max(0, ...Object.keys(rows).map((key) => Number(key) + 1 || 0)) : rows === undefined ? 0 : 1
}

/** What was entered, as the fields of a form: nested rows by their names. */
export function flattened(input: Entered, path: readonly string[] = []): [name: string, value: string][] {
  return Object.entries(input).flatMap(([key, value]) =>
    typeof value === 'string' ? [[fieldName([...path, key]), value] as [string, string]] : flattened(value, [...path, key]))
}

/** All values of a field that may come several times, such as a group of checkboxes. */
export function valuesOf(input: Entered | undefined, name: string): string[] {
  const rows = input?.[name]
  return typeof rows === 'object' ? Object.values(rows).filter((value) => typeof value === 'string') : rows === undefined ? [] : [rows]
}

/**
 * Turns what was entered into the input that the schema expects: numbers, yes and no, lists without their empty rows (texts may
 * stand in one field, a line each), and nothing where an optional field was left empty. What cannot be turned stays as it is, for the schema to refuse.
 * Fields that the schema does not know (a button's name) are left out: browsers add such things.
 */
export function fromForm(schema: z.ZodObject, input: Entered): Record<string, unknown> {
  return objectFrom(schema, input)
}

function objectFrom(schema: z.core.$ZodType, input: Entered): Record<string, unknown> {
  const result: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(shapeOf(schema))) {
    const value = valueFrom(field, input[name])
    if (value !== undefined) result[name] = value
  }
  return result
}

function valueFrom(schema: z.core.$ZodType, raw: Entered | string | undefined): unknown {
  const element = elementOf(schema)
  if (element) return listFrom(schema, element, raw)
  if (kindOf(schema) === 'object' && typeof raw !== 'string') return isBlank(raw) && canBeLeftOut(schema) ? undefined : objectFrom(schema, raw ?? {})
  if (kindOf(schema) === 'record' && typeof raw === 'object') return Object.fromEntries(Object.entries(raw).filter(([, value]) => !isBlank(value)))
  return typeof raw === 'object' ? raw : scalarFrom(schema, raw)
}

function listFrom(schema: z.core.$ZodType, element: z.core.$ZodType, raw: Entered | string | undefined): unknown {
  const rows = typeof raw === 'object' ? inOrder(raw) : raw === undefined ? [] : ['string', 'enum'].includes(kindOf(element)) ? linesIn(raw) : [raw]
  const filled = rows.filter((row) => !isBlank(row)).map((row) => valueFrom(element, row))
  return filled.length === 0 && canBeLeftOut(schema) ? undefined : filled
}

/** The values of a list that stands in one box, a line each. */
export const linesIn = (text: string): string[] => text.split('\n').filter((line) => !isBlank(line))

const inOrder = (rows: Entered) => Object.entries(rows).sort(([a], [b]) => Number(a) - Number(b)).map(([, row]) => row)

function scalarFrom(schema: z.core.$ZodType, raw: string | undefined): unknown {
  if (isYesOrNo(schema)) return yesOrNo(raw)
  const kind = kindOf(schema)
  if (raw === undefined) return undefined
  if (raw.trim() === '') return kind === 'string' && !canBeLeftOut(schema) ? raw : undefined
  if (kind === 'number') return Number.isFinite(Number(raw)) ? Number(raw) : raw
  return innermost(schema)._zod.def.type === 'string' ? raw : raw.trim()
}

/** A checkbox that is not ticked sends nothing. */
function yesOrNo(raw: string | undefined): unknown {
  if (raw === undefined || ['', 'false', 'no', '0', 'off'].includes(raw)) return false
  return ['on', 'true', 'yes', '1'].includes(raw) ? true : raw
}

const isBlank = (value: Entered | string | undefined): boolean =>
  value === undefined || (typeof value === 'string' ? value.trim() === '' : Object.values(value).every(isBlank))
