import { z } from 'zod'
import { permissions } from '../../access/roles.ts'
import type { Organization } from '../../access/organizations.ts'
import type { Operation, Registry } from '../../verbs/registry.ts'
import type { Schema } from './example.ts'

type Json = Record<string, unknown>

/** The OpenAPI 3.1 description of everything that `/api/v1` does, derived from the operations' own declarations. */
export function openApi(operations: Registry, organization: Organization, url: string): Json {
  const all = [...operations.verbs, ...operations.queries]
  return {
    openapi: '3.1.0',
    info: {
      title: `Avow: ${organization.name}`, version: '1',
      description: 'Everything that can be done here, and everything that can be read. Refusals are application/problem+json with a stable code.',
    },
    servers: [{ url }],
    paths: {
      ...Object.fromEntries(all.map((operation) => [pathOf(operation), { [operation.is === 'verb' ? 'post' : 'get']: described(operation) }])),
      '/api/v1/attachments': { post: attachments },
    },
    components: { securitySchemes, schemas: { Problem: problem } },
  }
}

export const pathOf = (operation: Operation): string => `/api/v1/${operation.name.replace('.', '/')}`

/** JSON Schema 2020-12 of what an operation takes. */
export const inputSchema = (schema: z.core.$ZodType): Json & Schema =>
  plain(z.toJSONSchema(schema as z.ZodType, { io: 'input', unrepresentable: 'any', override: strict }))
const outputSchema = (schema: z.core.$ZodType): Json => plain(z.toJSONSchema(schema as z.ZodType, { io: 'output', unrepresentable: 'any' }))

function strict({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (jsonSchema.type === 'object' && jsonSchema.properties) jsonSchema.additionalProperties = false
}

function plain({ $schema: _, ...schema }: Json): Json { return schema }

function described(operation: Operation): Json {
  const allowed: readonly string[] = permissions[operation.may]
  const ways = [...allowed.includes('anyone') ? [{}] : [], { key: [] }, ...allowed.includes('reporter') ? [{ phrase: [] }] : []]
  return {
    operationId: operation.name, summary: operation.summary, tags: [operation.name.split('.')[0]],
    description: `Permission ${operation.may}: ${allowed.join(', ')}.`,
    security: ways,
    ...(operation.is === 'verb' ? body(operation) : { parameters: parameters(operation) }),
    responses: {
      200: { description: 'Done.', content: { 'application/json': { schema: operation.output ? outputSchema(operation.output) : {} } } },
      default: { description: 'Refused.', content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    },
  }
}

const body = (operation: Operation): Json => ({
  parameters: [{
    name: 'Idempotency-Key', in: 'header', schema: { type: 'string', minLength: 16, maxLength: 255 },
    description: 'The same request under the same key happens once. Kept for a day.',
  }],
  requestBody: { required: true, content: { 'application/json': { schema: inputSchema(operation.input) } } },
})

function parameters(operation: Operation): Json[] {
  const { properties = {}, required = [] } = inputSchema(operation.input)
  const repeated = { style: 'form', explode: true }
  return Object.entries(properties).map(([name, schema]) =>
    ({ name, in: 'query', required: required.includes(name), schema, ...(schema.type === 'array' ? repeated : {}) }))
}

const securitySchemes: Json = {
  key: { type: 'http', scheme: 'bearer', description: 'A key of this organisation: avow_…' },
  phrase: { type: 'http', scheme: 'phrase', description: 'The tracking phrase of a report, for its reporter.' },
}

const attachments: Json = {
  operationId: 'attachments', summary: 'Takes one file, sealed while it arrives, and answers its id.', tags: ['attachments'], security: [{}, { key: [] }],
  parameters: [{ name: 'name', in: 'query', required: true, schema: { type: 'string' } }],
  requestBody: { required: true, content: { '*/*': { schema: { type: 'string', format: 'binary' } } } },
  responses: { 201: { description: 'Taken.', content: { 'application/json': { schema: {
    type: 'object', properties: { id: { type: 'string', format: 'uuid' }, size: { type: 'integer' }, sha256: { type: 'string' } },
  } } } } },
}

const problem: Json = {
  type: 'object', required: ['status', 'code', 'title', 'detail'],
  properties: {
    type: { type: 'string' }, status: { type: 'integer' }, code: { type: 'string', description: 'Stable; never renamed.' },
    title: { type: 'string' }, detail: { type: 'string' },
    errors: { type: 'array', items: { type: 'object', properties: { pointer: { type: 'string', format: 'json-pointer' }, detail: { type: 'string' } } } },
  },
}
