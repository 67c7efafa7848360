import type { z } from 'zod'
import { Invalid } from '../lib/errors.ts'
import { elementOf, fieldName, kindOf, shapeOf } from './fields.ts'
import { sentence } from './words.ts'

/** Parses raw input by the schema. Throws `Invalid` with one sentence per field; a field that the schema does not know is an error, at any depth. */
export function parse<S extends z.ZodObject>(schema: S, raw: unknown): z.output<S> {
  const fields: Record<string, string> = {}
  for (const path of unknownFields(schema, raw)) fields[fieldName(path)] = 'There is no such field.'
  const result = schema.safeParse(wellFormed(raw), { error: sentence })
  for (const issue of result.error?.issues ?? []) fields[fieldName(issue.path)] ??= issue.message
  if (Object.keys(fields).length > 0) throw new Invalid(fields)
  return result.data as z.output<S>
}

/** JSON can hold half a letter (a surrogate without its other half), which has no bytes to seal or hash: it is read as browsers send it, U+FFFD. */
function wellFormed(raw: unknown): unknown {
  if (typeof raw === 'string') return raw.toWellFormed()
  if (Array.isArray(raw)) return raw.map(wellFormed)
  const plain = typeof raw === 'object' && raw !== null && Object.getPrototypeOf(raw) === Object.prototype
  return plain ? Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, wellFormed(value)])) : raw
}

/** zod drops unknown keys in silence; a misspelt field must not be taken for an absent one. */
function* unknownFields(schema: z.core.$ZodType, raw: unknown, path: PropertyKey[] = []): Generator<PropertyKey[]> {
  if (typeof raw !== 'object' || raw === null) return
  const element = elementOf(schema)
  if (element && Array.isArray(raw)) {
    for (const [i, item] of raw.entries()) yield* unknownFields(element, item, [...path, i])
  } else if (kindOf(schema) === 'object') {
    const shape = shapeOf(schema)
    for (const [key, value] of Object.entries(raw)) {
      if (Object.hasOwn(shape, key)) yield* unknownFields(shape[key]!, value, [...path, key])
      else yield [...path, key]
    }
  }
}
