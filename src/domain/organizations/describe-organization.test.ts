import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { findOrganization } from '../../access/organizations.ts'
import { world, type World } from '../../../test/support/world.ts'
import { renameOrganization, setLanguage } from './describe-organization.ts'

let w: World
before(async () => { w = await world() })
after(() => w.close())

it('renames the organisation, and leaves alone the name under which its log signs', async () => {
  const before = (await findOrganization(w.database, w.organization))!
  await w.as('admin').run(renameOrganization, { name: '  Halden Works ' })
  assert.deepEqual(await findOrganization(w.database, w.organization), { ...before, name: 'Halden Works' })
  await assert.rejects(w.as('admin').run(renameOrganization, { name: ' ' }), { fields: { name: 'Give it a name.' } })
  await assert.rejects(w.as('triager').run(renameOrganization, { name: 'Ours' }))
})

it('takes a language whose endings search knows, and no other', async () => {
  await w.as('admin').run(setLanguage, { language: 'de' })
  const row = await w.read((tx) => tx.db.selectFrom('organizations').select('language').where('id', '=', w.organization.id).executeTakeFirstOrThrow())
  assert.equal(row.language, 'de')
  await assert.rejects(w.as('admin').run(setLanguage, { language: 'tlh' }))
})
