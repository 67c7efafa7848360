import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { world, type World } from '../../test/support/world.ts'
import { liveStream } from './live.ts'
import type { Handler } from './module.ts'
import type { Page } from './page.ts'

describe('live pages', () => {
  let w: World
  let live: Handler
  before(async () => { w = await world(); live = liveStream(w.database) })
  after(() => w.close())

  const follow = async (organization: { id: string }) => {
    const gone = new AbortController()
    const answer = await live({ organization, request: new Request('http://avow.test/live', { signal: gone.signal }) } as unknown as Page) as Response
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader()
    assert.equal((await reader.read()).value, 'retry: 2000\n\n')
    return { next: async () => (await reader.read()).value, leave: async () => { gone.abort(); await reader.cancel() } }
  }
  const happen = (id: string) => sql`select pg_notify('avow_sequenced', ${id})`.execute(w.database.global)

  it('tells those who follow an organisation that something happened there, once for what comes together', async () => {
    const [ours, theirs] = await Promise.all([follow(w.organization), follow(w.other)])
    await happen(w.organization.id)
    await happen(w.organization.id)
    assert.equal(await ours!.next(), 'event: refresh\ndata: \n\n')
    await happen(w.other.id)
    assert.equal(await theirs!.next(), 'event: refresh\ndata: \n\n')
    await Promise.all([ours!.leave(), theirs!.leave()])
  })
})
