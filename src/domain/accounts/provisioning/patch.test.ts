import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { patched, PatchOperation, type Attributes, type Resource } from './patch.ts'

const attributes: Attributes = { userName: 'one', active: 'one', emails: 'many', members: 'many', name: ['formatted', 'givenName', 'familyName'] }
const before = { userName: 'ada', active: true, emails: [{ value: 'ada@example.org', type: 'work' }], name: { givenName: 'Ada', familyName: 'Byron' } }
const after = (operation: object, resource: Resource = before) => patched(resource, [PatchOperation.parse(operation)], attributes)
const people = { members: [{ value: 'a' }, { value: 'b' }, { value: 'c' }] }

describe('a change by SCIM', () => {
  it('sets, as Okta sends it: an object without a path', () =>
    assert.deepEqual(after({ op: 'replace', value: { active: false } }), { ...before, active: false }))
  it('sets, as Entra ID sends it: a capital, a path and a word', () =>
    assert.equal(after({ op: 'Replace', path: 'active', value: 'False' })['active'], 'False'))
  it('sets a part by its path, in whatever case', () =>
    assert.deepEqual(after({ op: 'add', path: 'Name.FamilyName', value: 'Lovelace' })['name'], { givenName: 'Ada', familyName: 'Lovelace' }))
  it('sets a part by a dotted name in an object', () =>
    assert.deepEqual(after({ op: 'replace', value: { 'name.givenName': 'Augusta' } })['name'], { givenName: 'Augusta', familyName: 'Byron' }))
  it('sets a part in those that a filter names', () =>
    assert.deepEqual(after({ op: 'replace', path: 'emails[type eq "work"].value', value: 'new@example.org' })['emails'],
      [{ value: 'new@example.org', type: 'work' }]))
  it('adds what a filter names and nothing is yet', () =>
    assert.deepEqual(after({ op: 'Add', path: 'emails[type eq "home"].value', value: 'a@home.example' })['emails'],
      [...before.emails, { type: 'home', value: 'a@home.example' }]))
  it('adds members, each once', () =>
    assert.deepEqual(after({ op: 'add', path: 'members', value: [{ value: 'c' }, { value: 'd' }] }, people)['members'], [...people.members, { value: 'd' }]))
  it('removes members by a filter', () =>
    assert.deepEqual(after({ op: 'remove', path: 'members[value eq "b"]' }, people)['members'], [{ value: 'a' }, { value: 'c' }]))
  it('removes members by a value, as Entra ID sends it', () =>
    assert.deepEqual(after({ op: 'Remove', path: 'members', value: [{ value: 'a' }, { value: 'b' }] }, people)['members'], [{ value: 'c' }]))
  it('removes all of them', () => assert.deepEqual(after({ op: 'remove', path: 'members' }, people)['members'], []))
  it('leaves alone what we do not keep', () => {
    for (const path of ['title', 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department', 'id', 'meta.created', 'constructor.prototype']) {
      assert.deepEqual(after({ op: 'replace', path, value: 'x' }), before)
    }
    assert.deepEqual(after({ op: 'replace', value: { id: 'x', schemas: [], active: true } }), before)
  })
  it('refuses what cannot be read', () => {
    assert.throws(() => after({ op: 'remove' }), { code: 'noTarget' })
    assert.throws(() => after({ op: 'remove', path: 'emails[type eq "other"].value' }), { code: 'noTarget' })
    assert.throws(() => after({ op: 'replace', path: 'emails[type', value: 1 }), { code: 'invalidPath' })
    assert.throws(() => after({ op: 'replace', path: 'emails[type is 1]', value: 1 }), { code: 'invalidFilter' })
    assert.throws(() => after({ op: 'replace', path: 'userName[value eq "a"]', value: 1 }), { code: 'invalidPath' })
    assert.throws(() => after({ op: 'replace', value: 'x' }), { code: 'invalidValue' })
    assert.throws(() => PatchOperation.parse({ op: 'move', path: 'active' }))
  })
  it('cannot reach the prototype of anything', () => {
    for (const path of ['__proto__.polluted', 'name.__proto__', 'constructor.prototype.polluted']) {
      try { after({ op: 'add', path, value: { polluted: true } }) } catch { /* refused is as good */ }
      assert.equal(({} as Record<string, unknown>)['polluted'], undefined)
    }
  })
})
