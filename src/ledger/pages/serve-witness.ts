import { NotFound } from '../../lib/errors.ts'
import { readText } from '../../web/posted.ts'
import type { Handler, Web } from '../../web/module.ts'
import { addCheckpoint, witnessVkey } from '../witness-server.ts'

const anyone = { may: 'public.read' } as const
const longestRequest = 65_536

/** Avow as a witness of other logs, c2sp.org/tlog-witness. A request proves itself by the log's signature. */
export function serveWitness(web: Web): void {
  web.receive('/witness/add-checkpoint', anyone, receiveCheckpoint)
  web.get('/witness/key', anyone, async (page) => {
    const vkey = await page.reading(witnessVkey)
    if (!vkey) throw new NotFound()
    return new Response(`${vkey}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
  })
}

const receiveCheckpoint: Handler = async (page) => {
  const body = await readText(page.request, longestRequest)
  const answer = await page.deps.database.write(page.organization.id, (tx) => addCheckpoint(tx, body))
  if (answer.status === 200) return new Response(answer.cosignature, { headers: { 'content-type': 'text/plain; charset=utf-8' } })
  if (answer.status === 409) return new Response(`${answer.size}\n`, { status: 409, headers: { 'content-type': 'text/x.tlog.size' } })
  return new Response(null, { status: answer.status })
}
