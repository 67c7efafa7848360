import { z } from 'zod'

/** An attachment that was streamed to a sealed, staged file before the verb is called. A form field of this type takes a file. */
export const AttachmentId = z.uuid().describe('Id of an uploaded file: POST /api/v1/attachments.')

/** What something is called in addresses and marks, for good. */
export const shortName = (about: string) => z.string().regex(/^[a-z0-9](-?[a-z0-9]){0,62}$/, 'Use lower-case letters, digits and hyphens.').describe(about)

/** The innermost schema: optional, nullable, default and the like are peeled off; of a pipe, what goes in. */
export function innermost(schema: z.core.$ZodType): z.core.$ZodType {
  const { def } = schema._zod as unknown as { def: { innerType?: z.core.$ZodType; in?: z.core.$ZodType; type: string } }
  if (def.innerType && def.type !== 'array') return innermost(def.innerType)
  if (def.type === 'pipe' && def.in) return innermost(def.in)
  return schema
}

/** The schema's kind as zod names it (`object`, `array`, `string` …), after peeling. */
export const kindOf = (schema: z.core.$ZodType): string => innermost(schema)._zod.def.type

export function shapeOf(schema: z.core.$ZodType): Readonly<Record<string, z.core.$ZodType>> {
  const inner = innermost(schema)
  return inner instanceof z.ZodObject ? inner.shape : {}
}

export function elementOf(schema: z.core.$ZodType): z.core.$ZodType | null {
  const inner = innermost(schema)
  return inner instanceof z.ZodArray ? inner.element : null
}

/** Whether the schema, or an element of it, is an attachment. */
export function takesFile(schema: z.core.$ZodType): boolean {
  const inner = innermost(schema)
  const element = elementOf(inner)
  return element ? takesFile(element) : inner === (AttachmentId as z.core.$ZodType)
}

/** Whether it is answered with yes or no: a boolean, or a declaration that only `true` fulfils. */
export function isYesOrNo(schema: z.core.$ZodType): boolean {
  const inner = innermost(schema)
  return inner instanceof z.ZodBoolean || (inner instanceof z.ZodLiteral && [...inner.values].every((value) => typeof value === 'boolean'))
}

/** Whether the input may do without the field: it is optional or has a default. */
export const canBeLeftOut = (schema: z.core.$ZodType): boolean => schema._zod.optin !== undefined

/** A path in the input as a form field's name: `tools[0][name]`. */
export const fieldName = (path: readonly PropertyKey[]): string =>
  path.map((part, i) => (i === 0 ? String(part) : `[${String(part)}]`)).join('')

/** The same path as a JSON pointer (RFC 6901): `/tools/0/name`. */
export const pointer = (path: readonly PropertyKey[]): string =>
  path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')

/** A form field's name back as a path: `tools[0][name]` → `['tools', '0', 'name']`. */
export const pathOf = (name: string): string[] => name.split(/[[\]]+/).filter((part) => part !== '')
