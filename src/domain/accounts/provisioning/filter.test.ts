import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { demanded, matches, readFilter } from './filter.ts'

const ada = {
  id: '7f', userName: 'Ada@Example.org', externalId: 'A1', displayName: 'Ada Lovelace', active: true, name: { givenName: 'Ada', familyName: 'Lovelace' },
  emails: [{ value: 'ada@example.org', type: 'work', primary: true }, { value: 'ada@home.example', type: 'home' }],
  meta: { lastModified: '2026-01-05T09:00:00Z' },
}

describe('a filter of SCIM', () => {
  for (const filter of [
    'userName eq "ada@example.org"', 'USERNAME Eq "ADA@EXAMPLE.ORG"', 'urn:ietf:params:scim:schemas:core:2.0:User:userName sw "ada"', 'externalId eq "A1"',
    'displayName co "love"', 'displayName ew "lace"', 'userName ne "grace"', 'active eq true', 'active eq True', 'title pr or displayName pr', 'not (title pr)',
    'emails eq "ada@home.example"', 'emails.value sw "ada@h"', 'emails[type eq "work" and value co "example.org"]', 'name.familyName eq "Lovelace"',
    'meta.lastModified gt "2026-01-01T00:00:00Z" and meta.lastModified le "2026-01-05T09:00:00Z"',
    'displayName eq "nobody" and active eq false or userName pr', '(userName pr) and (displayName eq "Ada Lovelace" or active eq false)',
  ]) it(`holds: ${filter}`, () => assert.equal(matches(readFilter(filter), ada), true))

  for (const filter of [
    'userName eq "ada"', 'externalId eq "a1"', 'active eq false', 'active eq "true"', 'title pr', 'userName eq null',
    'emails[type eq "work" and value co "home"]',
    'userName pr and (displayName eq "nobody" or active eq false)', 'constructor.name pr',
  ]) it(`does not hold: ${filter}`, () => assert.equal(matches(readFilter(filter), ada), false))

  for (const filter of [
    '', 'userName', '__proto__.toString pr', 'userName eq', 'userName is "ada"', 'userName eq ada', 'userName eq "ada', 'userName eq "ada" and',
    '(userName pr', 'userName pr)', 'emails[type pr',
    'userName eq "a" "b"', '1 eq 1', `${'('.repeat(50)}userName pr${')'.repeat(50)}`, `userName eq "${'a'.repeat(3000)}"`, 'userName eq {"a":1}',
  ]) it(`cannot be read: ${filter.slice(0, 40)}`, () => assert.throws(() => readFilter(filter), { code: 'invalidFilter' }))

  it('says by which attribute the database can find it', () => {
    assert.equal(demanded(readFilter('active eq true and userName eq "ada"'), 'username'), 'ada')
    assert.equal(demanded(readFilter('active eq true or userName eq "ada"'), 'username'), null)
    assert.equal(demanded(readFilter('not (userName eq "ada")'), 'username'), null)
  })
})
