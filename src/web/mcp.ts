import type { CallToolResult, Tool } from '@modelcontextprotocol/server'
import type { Context, Hono } from 'hono'
import type { Actor } from '../access/actor.ts'
import { inScope, may } from '../access/may.ts'
import { NotFound, Unauthenticated } from '../lib/errors.ts'
import type { Operation } from '../verbs/registry.ts'
import { runQuery, runVerb } from '../verbs/run.ts'
import { caller } from './api/caller.ts'
import { inputSchema } from './api/openapi.ts'
import { problemOf, problemResponse } from './api/problem.ts'
import { demandSameOrigin } from './csrf.ts'
import type { Env, WebOptions } from './serve.ts'

/**
 * `/mcp`: the Model Context Protocol over Streamable HTTP, for AI assistants. Only operations that say `assistants: true`
 * are tools, only for a key that was made for an assistant, and only those that the key's roles and scope carry. No state is kept.
 */
export function mountMcp(app: Hono<Env>, options: WebOptions): void {
  app.all('/mcp', async (c) => {
    try {
      demandSameOrigin(c.req.raw, options.publicUrl)
      const actor = await caller(c, options, 'assistant')
      if (actor.kind === 'nobody') throw new Unauthenticated('An assistant needs a key of its own. An administrator makes it at the desk.')
      return await served(c, options, actor)
    } catch (error) { return problemResponse(error, options.log) }
  })
}

/** The protocol's own work is the official library's, loaded when the first assistant comes. */
async function served(c: Context<Env>, options: WebOptions, actor: Actor): Promise<Response> {
  const { createMcpHandler, Server } = await import('@modelcontextprotocol/server')
  const organization = c.get('organization')
  const instructions = `Avow of ${organization.name}: its security policy, reports and duties.`
  const tools = offered(options, actor)
  const call = toolCaller(options, actor, organization.id)
  const handler = createMcpHandler(() => {
    const server = new Server({ name: 'avow', version: '1' }, { capabilities: { tools: {} }, instructions })
    server.setRequestHandler('tools/list', () => ({ tools: tools.map(toolOf) }))
    server.setRequestHandler('tools/call', ({ params }) => call(tools.find((tool) => nameOf(tool) === params.name), params.arguments ?? {}))
    return server
  })
  return handler.fetch(c.req.raw)
}

const offered = ({ operations }: WebOptions, actor: Actor): Operation[] =>
  [...operations.verbs, ...operations.queries].filter((operation) => operation.assistants && may(actor, operation.may) && inScope(actor, operation.name))

/** Clients take letters, digits, underscores and dashes. */
const nameOf = (operation: Operation): string => operation.name.replace('.', '_')

const toolOf = (operation: Operation): Tool => ({
  name: nameOf(operation), description: operation.summary, inputSchema: inputSchema(operation.input) as Tool['inputSchema'],
  annotations: { readOnlyHint: operation.is === 'query', openWorldHint: false },
})

/** A refusal is an answer that the assistant can read and mend, not a failure of the protocol. */
type CallTool = (operation: Operation | undefined, input: unknown) => Promise<CallToolResult>

const toolCaller = (options: WebOptions, actor: Actor, organizationId: string): CallTool => async (operation, input) => {
  try {
    if (!operation) throw new NotFound('There is no such tool for this key.')
    if (operation.is === 'verb') return resultOf(await runVerb(options, operation, actor, organizationId, input))
    return resultOf(await runQuery(options, operation, actor, organizationId, input))
  } catch (error) {
    return { isError: true, content: [{ type: 'text', text: JSON.stringify(problemOf(error, options.log)) }] }
  }
}

/** As text, and where it is an object also as data. */
function resultOf(answer: unknown): CallToolResult {
  const text = JSON.stringify(answer ?? null)
  return { content: [{ type: 'text', text }], ...(text.startsWith('{') ? { structuredContent: JSON.parse(text) as Record<string, unknown> } : {}) }
}
