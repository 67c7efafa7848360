/** What we read of a JSON Schema. */
export interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly format?: string
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly items?: Schema
  readonly anyOf?: readonly Schema[]
  readonly default?: unknown
  readonly minimum?: number
  readonly maxLength?: number
  readonly maxItems?: number
  readonly description?: string
}

const formats: Record<string, string> = {
  uuid: '0199b0c4-0000-7000-8000-000000000000', email: 'name@example.org', date: '2026-03-31', 'date-time': '2026-03-31T17:00:00Z',
  uri: 'https://example.org/page',
}

/** An input that fits the schema, for documentation: every field that is needed, and nothing else. */
export function exampleOf(schema: Schema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum) return schema.enum[0]
  if (schema.default !== undefined) return schema.default
  if (schema.anyOf) return exampleOf(schema.anyOf[0]!, name)
  switch (schema.type) {
    case 'object': return Object.fromEntries((schema.required ?? []).map((field) => [field, exampleOf(schema.properties![field]!, field)]))
    case 'array': return schema.items ? [exampleOf(schema.items, name)] : []
    case 'integer': case 'number': return Math.max(1, schema.minimum ?? 1)
    case 'boolean': return true
    default: return formats[schema.format ?? ''] ?? `the ${name.replaceAll('_', ' ') || 'text'}`
  }
}

/** A field's type and limits in words: `text, at most 200 characters`. */
export function typeInWords(schema: Schema): string {
  if (schema.enum) return schema.enum.join(' | ')
  if (schema.anyOf) return schema.anyOf.map((one) => typeInWords(one)).join(' or ')
  const kind = schema.type === 'array' && schema.items ? `list of ${typeInWords(schema.items)}` : words[schema.type ?? ''] ?? 'any'
  const limit = schema.maxLength ? `, at most ${schema.maxLength.toLocaleString('en')} characters` : schema.maxItems ? `, at most ${schema.maxItems}` : ''
  return (formatWords[schema.format ?? ''] ?? kind) + limit
}

const words: Record<string, string> = { string: 'text', integer: 'whole number', number: 'number', boolean: 'true or false', object: 'object', null: 'null' }
const formatWords: Record<string, string> = { uuid: 'id', email: 'mail address', date: 'date', 'date-time': 'date and time', uri: 'address' }
