import { once } from 'node:events'
import { createServer, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { getRequestListener, type HttpBindings } from '@hono/node-server'

export interface HttpServer {
  readonly port: number
  /** Accepts nothing more, lets the requests in hand finish, and cuts off what is still open after `withinMs`. */
  stop(withinMs: number): Promise<void>
}

type Answer = (request: Request, bindings: HttpBindings) => Response | Promise<Response>

export async function serveHttp(answer: Answer, { port, host }: { port: number; host: string }): Promise<HttpServer> {
  const open = new Set<ServerResponse>()
  const listener = getRequestListener((request, bindings) => answer(request, bindings as HttpBindings))
  const server = createServer({ requestTimeout: 600_000, headersTimeout: 30_000, keepAliveTimeout: 65_000 }, (request, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
    void listener(request, response)
  })
  server.listen(port, host)
  await once(server, 'listening')
  return { port: (server.address() as AddressInfo).port, stop: (withinMs) => stop(server, open, withinMs) }
}

/** A page that follows events keeps its connection for ever: it is told to come back instead, to the next process. */
async function stop(server: Server, open: Set<ServerResponse>, withinMs: number): Promise<void> {
  const closed = once(server, 'close')
  server.close()
  server.closeIdleConnections()
  for (const response of open) {
    if (String(response.getHeader('content-type')).startsWith('text/event-stream')) response.end()
    else if (!response.headersSent) response.setHeader('connection', 'close')
  }
  const timer = setTimeout(() => server.closeAllConnections(), withinMs)
  await closed
  clearTimeout(timer)
}
