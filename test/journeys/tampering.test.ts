import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { verifyLog } from 'avow-verify'
import pg from 'pg'
import { modules } from '../../src/app.ts'
import { findKind, sequenceAll } from '../../src/ledger/index.ts'
import { createLog } from '../../src/lib/log.ts'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening } from '../support/browser.ts'
import { world, type World } from '../support/world.ts'

const text = '# Security\n\nWe acknowledge every report within one week.[^ack]\n\n'
  + '[^ack]: Every `report.received` is followed by `report.acknowledged` within 7 days.\n'

/** What somebody who owns the database might do, as its superuser with all triggers off. `o` is the organisation. */
const changes: readonly (readonly [what: string, sql: string])[] = [
  ['another byte in a leaf', `update avow.leaves set leaf = overlay(leaf placing '\\x20' from 3 for 1) where organization_id = $1 and index = 2`],
  ['an entry dated back', `update avow.leaves set leaf = convert_to(regexp_replace(convert_from(leaf, 'utf8'), '("at":"?[0-9]{3})[0-9]', '\\19'), 'utf8')
    where organization_id = $1 and index = 3`],
  ['a leaf and its hash together', `update avow.leaves set leaf = leaf || '\\x20', hash = sha256('\\x00'::bytea || leaf || '\\x20'::bytea)
    where organization_id = $1 and index = 1`],
  ['the last leaf taken away', `delete from avow.leaves where organization_id = $1
    and index = (select max(index) from avow.leaves where organization_id = $1)`],
  ['another root in the checkpoint', `update avow.checkpoints set note = overlay(note placing 'AAAA' from position(E'\\n' in substr(note, 30)) + 40 for 4)
    where organization_id = $1 and size = (select max(size) from avow.checkpoints where organization_id = $1)`],
  ['another mark in an open entry', `update avow.entries set marks = marks || '{"vouch":"machine"}'
    where organization_id = $1 and kind = 'policy.published'`],
  ['other facts in an open entry', `update avow.entries set facts = overlay(facts placing '\\x58' from 40 for 1)
    where organization_id = $1 and kind = 'policy.published'`],
  ['an entry of another kind', `update avow.entries set kind = 'policy.withdrawn' where organization_id = $1 and kind = 'policy.published'`],
  ['another text of a published policy', `update avow.policy_versions set body = replace(body, 'one week', 'one year') where organization_id = $1`],
  ['another salt of an open entry', `update avow.entries set seed = sha256(seed) where organization_id = $1 and kind = 'policy.published'`],
]

const touched = ['leaves', 'entries', 'checkpoints', 'policy_versions']

describe('a log whose database was tampered with, read over HTTP', () => {
  let w: World
  let site: Awaited<ReturnType<typeof listening>>
  let owner: pg.Client

  before(async () => {
    w = await world({ clock: new Date().toISOString() })
    const operations = registry(modules, (kind) => findKind(kind) !== undefined)
    const web = createWeb({ database: w.database, modules, operations, log: createLog('silent') })
    site = await listening((request) => web.fetch(request))
    const run = (name: string, input: object) => w.as('admin').run(operations.verbs.find((verb) => verb.name === name)!, { policy: 'security', ...input })
    await run('policy.draft', { text })
    for (const name of ['policy.submit', 'policy.rehearse', 'policy.approve']) await run(name, {})
    await run('commitment.set-publication', { marks: ['ack'], publication: 'public' })
    await run('policy.publish', {})
    await sequenceAll(w.database, w.organization.id)
    owner = new pg.Client(w.url('postgres'))
    await owner.connect()
    await owner.query('set session_replication_role = replica')
  })
  after(async () => {
    await owner?.end()
    await site?.close()
    await w?.close()
  })

  /** As somebody sees it who noted the key once. */
  const verified = async (key: string) => verifyLog({ url: `${site.origin}/o/${w.organization.slug}`, fetch, now: Date.now(), keys: [key] })
  const key = async () => (await (await fetch(`${site.origin}/o/${w.organization.slug}/log/key`)).text()).trim()

  for (const [what, sql] of changes) {
    it(`is noticed: ${what}`, async () => {
      const noted = await key()
      assert.deepEqual((await verified(noted)).faults, [])
      // Kept aside and put back, so that each change is the only one.
      for (const table of touched) {
        await owner.query(`create temp table kept_${table} as select * from avow.${table}`)
      }
      const { rowCount } = await owner.query(sql, [w.organization.id])
      try {
        assert.ok(rowCount! > 0, 'nothing was changed')
        assert.notDeepEqual((await verified(noted)).faults, [])
      } finally {
        for (const table of touched) {
          await owner.query(`delete from avow.${table}`)
          await owner.query(`insert into avow.${table} select * from kept_${table}`)
          await owner.query(`drop table kept_${table}`)
        }
      }
    })
  }
})
