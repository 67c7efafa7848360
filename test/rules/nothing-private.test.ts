import assert from 'node:assert/strict'
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { listed, root, trackedPaths } from './source.ts'

const paths = trackedPaths()
const texts = (paths ?? []).flatMap((path) => {
  const file = join(root, path)
  const isText = statSync(file, { throwIfNoEntry: false })?.isFile() && !/\.(woff2|png|jpe?g|ico|pdf|zip)$/.test(path)
  return isText ? [{ path, lines: readFileSync(file, 'utf8').split('\n') }] : []
})

const found = (pattern: RegExp) => texts.filter(({ path }) => path !== 'test/rules/nothing-private.test.ts').flatMap(({ path, lines }) =>
  lines.flatMap((line, i) => pattern.test(line) ? [`${path}:${i + 1}: ${line.trim().slice(0, 120)}`] : []))

describe('what is tracked', { skip: !paths && 'there is no git here' }, () => {
  it('holds no path of the machine it was written on', () => {
    const machine = found(/(^|[^\w.])\/(work|root|home\/\w+|Users\/\w+)\//)
    assert.deepEqual(machine, [], listed(machine))
  })

  it('names no package registry, so that a lock file serves everywhere', () => {
    const hosts = found(/"resolved": "https?:|registry\s*=\s*http/)
    assert.deepEqual(hosts, [], listed(hosts))
  })

  it('holds no private key', () => {
    const keys = found(/-----BEGIN [A-Z ]*PRIVATE KEY( BLOCK)?-----\s*$/)
    assert.deepEqual(keys, [], listed(keys))
  })
})
