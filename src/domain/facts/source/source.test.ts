import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../../test/support/world.ts'
import { newId } from '../../../lib/ids.ts'
import type { Actor } from '../../../access/actor.ts'
import { addAsset } from '../../reports/manage-assets.ts'
import { submitReport } from '../../reports/submit-report.ts'
import { citationsIn } from '../citations.ts'
import { factJobs } from '../index.ts'
import { readFacts } from '../read-facts.ts'
import { attachSource, detachSource, listSources } from './attach-source.ts'
import { checkSource, citesNothing } from './look-up.ts'
import { fetchMirror } from './mirror.ts'

const folder = mkdtempSync(join(tmpdir(), 'sources-'))
const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', '-c', 'tag.gpgsign=false']
const command = (cwd: string, ...args: string[]) =>
  execFileSync('git', [...author, ...args], { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim()
const signal = AbortSignal.timeout(120_000)
let first = ''
let server: Server
let served = ''

/** A repository with a version and what came after, bare, as a host that serves plain files has it. */
function make(): string {
  const work = join(folder, 'work')
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(work, path)), { recursive: true })
    writeFileSync(join(work, path), text)
  }
  mkdirSync(work)
  command(work, 'init', '--quiet', '--initial-branch=trunk')
  write('lib/url.c', 'int parse_url(char *u) {\n  return 0;\n}\n')
  write('src/a/index.ts', 'export const x = 1\n')
  write('src/b/index.ts', 'export const y = 2\n')
  command(work, 'add', '.')
  command(work, 'commit', '--quiet', '-m', 'First')
  command(work, 'tag', '-a', 'curl-8_5_0', '-m', '8.5.0')
  first = command(work, 'rev-parse', 'HEAD')
  write('lib/new.c', 'void brand_new(void) {}\n')
  command(work, 'add', '.')
  command(work, 'commit', '--quiet', '-m', 'Second')
  const bare = join(folder, 'served', 'repository.git')
  command(folder, 'clone', '--quiet', '--bare', work, bare)
  command(bare, 'update-server-info')
  return bare
}

describe('the source of an asset', () => {
  let bare: string
  before(async () => {
    bare = make()
    server = createServer((request, response) => {
      const path = join(folder, 'served', decodeURIComponent(new URL(request.url!, 'http://x').pathname))
      if (request.url!.startsWith('/moved/')) return response.writeHead(302, { location: request.url!.replace('/moved/', '/') }).end()
      response.writeHead(existsSync(path) ? 200 : 404).end(existsSync(path) ? readFileSync(path) : '')
    })
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve) })
    served = `http://localhost:${(server.address() as AddressInfo).port}`
  })
  after(() => {
    server.close()
    rmSync(folder, { recursive: true })
  })

  const looked = async (text: string) => (await checkSource(bare, 'curl', citationsIn(text), signal))
  const said = async (text: string) => (await looked(text)).facts.map(({ mark, about, says }) => `${mark} ${about}: ${says}`)

  it('is looked up at the version that is cited', async () => {
    const { against } = await looked('In version 8.5.0, lib/new.c')
    assert.equal(against, 'curl, at curl-8_5_0')
    assert.deepEqual(await said('In version 8.5.0, lib/new.c and lib/url.c'), [
      'yes 8.5.0: the tag curl-8_5_0', 'hint lib/new.c: not at this version, but where development stands', 'yes lib/url.c: exists',
    ])
    assert.deepEqual(await said('Version 8.5, lib/none.c, brand_new()'), [
      'yes 8.5: the tag curl-8_5_0', 'no lib/none.c: no such file', 'hint brand_new: not at this version, but where development stands',
    ])
    assert.deepEqual(await said('lib/new.c and version 9.9.9'), ['no 9.9.9: no tag of this name', 'yes lib/new.c: exists'])
    assert.equal((await looked(`In commit ${first.slice(0, 9)}, lib/none.c`)).facts[1]!.says, 'no such file')
  })

  it('has commits, files with their lines, and words, or has them not', async () => {
    assert.deepEqual(await said(`Commits ${first.slice(0, 10)} and 0123456789abcdef0123456789abcdef01234567`), [
      `yes ${first.slice(0, 10)}: a commit`, 'no 0123456789abcdef0123456789abcdef01234567: no such commit',
    ])
    assert.deepEqual(await said('url.c:2, lib/url.c:400, index.ts, poc.py'), [
      'yes url.c:2: exists as lib/url.c, with 3 lines', 'no lib/url.c:400: exists, but has only 3 lines',
      'yes index.ts: 2 files of this name, such as src/a/index.ts', 'hint poc.py: no file of this name; it may be the reporter’s own',
    ])
    assert.deepEqual(await said('parse_url() and Url::brand_new(), not parse_ur()'), [
      'yes parse_url: is in the source', 'yes Url::brand_new: is in the source', 'no parse_ur: no such word in the source',
    ])
  })

  it('says nothing of what was mentioned by the way and is not there: a score, another program’s version, a checksum, the reporter’s own names', async () => {
    assert.deepEqual(await said('A score of 9.8 with Python 3.11, SHA-1 0123456789abcdef0123456789abcdef01234567, `my_name` on 127.0.0.1'), [])
    assert.deepEqual(await said('`parse_url` in curl 8.5.0'), ['yes 8.5.0: the tag curl-8_5_0', 'yes parse_url: is in the source'])
    assert.deepEqual(await said('```\n#0 0x4f in parse_url /build/ada/curl/lib/url.c:2\n#1 0x5f in my_harness /tmp/x.c:9\n```'), [
      'yes /build/ada/curl/lib/url.c:2: exists as lib/url.c, with 3 lines', 'hint /tmp/x.c:9: no file of this name; it may be the reporter’s own',
      'yes parse_url: is in the source',
    ])
  })

  it('tells a report that cites nothing of it from one that cites something', async () => {
    assert.equal(citesNothing(await looked('lib/none.c and none_such()')), true)
    assert.equal(citesNothing(await looked('lib/none.c and parse_url()')), false)
    assert.equal(citesNothing(await looked('poc.py')), false)
  })

  it('is fetched from an address and renewed, and nothing that the mirror is told to run runs', async () => {
    const mirror = join(folder, 'mirror.git')
    const options = { privateNetwork: true, signal }
    await fetchMirror(mirror, `${served}/repository.git`, options)
    assert.equal(command(mirror, 'rev-parse', 'curl-8_5_0^{commit}'), first)
    const trap = join(folder, 'trapped')
    const config = readFileSync(join(mirror, 'config'), 'utf8')
    writeFileSync(join(mirror, 'config'), `${config}\n[core]\n\tfsmonitor = touch ${trap}\n\thooksPath = ${folder}/hooks\n`)
    mkdirSync(join(folder, 'hooks'))
    writeFileSync(join(folder, 'hooks/reference-transaction'), `#!/bin/sh\ntouch ${trap}\n`, { mode: 0o755 })
    command(bare, 'tag', 'v9.0.0', 'trunk')
    command(bare, 'update-server-info')
    await fetchMirror(mirror, `${served}/repository.git`, options)
    assert.match(command(mirror, '-c', 'core.hooksPath=/dev/null', 'tag'), /v9\.0\.0/)
    assert.equal(existsSync(trap), false)
  })

  it('is not fetched from inside of a network, by plain HTTP, over a redirect, or from where there is none', async () => {
    const to = (name: string) => join(folder, name)
    await assert.rejects(fetchMirror(to('a'), `${served}/repository.git`, { privateNetwork: false, signal }), { problem: 'address not allowed' })
    await assert.rejects(fetchMirror(to('b'), 'https://127.0.0.1/repository.git', { privateNetwork: false, signal }), { problem: 'address not allowed' })
    await assert.rejects(fetchMirror(to('c'), `${served}/moved/repository.git`, { privateNetwork: true, signal }), { problem: 'refused' })
    await assert.rejects(fetchMirror(to('d'), `${served}/none.git`, { privateNetwork: true, signal }), { problem: 'refused' })
    for (const name of ['a', 'b', 'c', 'd']) assert.deepEqual([existsSync(to(name)), existsSync(to(`${name}.new`))], [false, false])
  })

  describe('at the desk', () => {
    let w: World
    let asset: string
    const settings = { dataFolder: join(folder, 'data'), mirrorsFolder: join(folder, 'mirrors'), privateNetwork: true, replay: { seconds: 1 } }
    const system: Actor = { kind: 'system', job: 'test' }
    const perform = (name: string, payload: object) =>
      (factJobs(settings).find((job) => job.name === name) as { run(work: object, payload: object): Promise<void> })
        .run({ database: w.database, organizationId: w.organization.id, actor: system, signal }, payload)
    const attached = async (location: string) => {
      await w.as('admin').run(attachSource, { asset, location })
      await perform('source.fetch', { asset })
      return (await w.as('admin').ask(listSources, {})).assets.find(({ id }) => id === asset)!.source!
    }
    before(async () => {
      w = await world()
      asset = (await w.as('admin').run(addAsset, { name: 'curl', kind: 'source code' })).asset
    })
    after(() => w.close())

    it('is fetched once it is attached; its tags become the asset’s releases, and reports are checked against it', async () => {
      assert.equal((await attached(`${served}/repository.git`)).problem, null)
      const releases = await w.read((tx) => tx.db.selectFrom('asset_releases').select(['version', 'commit_id']).where('asset_id', '=', asset).execute())
      assert.deepEqual(releases.find(({ version }) => version === 'curl-8_5_0')?.commit_id, first)
      const { report } = await w.as('nobody').run(submitReport, {
        title: 'Overflow', asset, description: 'In lib/none.c of 8.5.0, none_such() overflows.', steps: 'Run it.', good_faith: true,
      })
      await perform('report.check', { report })
      const { groups } = await w.as('triager').ask(readFacts, { report })
      const source = groups.find(({ check }) => check === 'source')!
      assert.equal(source.against, 'the source of curl, at curl-8_5_0')
      assert.deepEqual(source.facts.map(({ mark }) => mark), ['yes', 'no', 'no'])
    })

    it('can be a mirror that the operator keeps, of one’s own organisation alone', async () => {
      command(folder, 'clone', '--quiet', '--bare', bare, join(settings.mirrorsFolder, w.organization.slug, 'curl.git'))
      command(folder, 'clone', '--quiet', '--bare', bare, join(settings.mirrorsFolder, w.other.slug, 'theirs.git'))
      assert.equal((await attached('curl.git')).problem, null)
      assert.equal((await attached('theirs.git')).problem, 'no bare repository is there')
      for (const location of ['../other/theirs.git', '/etc', 'a/b', '-x', 'https://u:p@example.org/x', 'ssh://example.org/x', 'ext::sh -c id']) {
        await assert.rejects(w.as('admin').run(attachSource, { asset, location }), { code: 'invalid_input' })
      }
      await assert.rejects(w.as('admin').run(attachSource, { asset: newId(), location: 'curl.git' }), { code: 'not_found' })
    })

    it('that is detached is swept away', async () => {
      await attached(`${served}/repository.git`)
      const mirror = join(settings.dataFolder, 'sources', w.organization.id, `${asset}.git`)
      assert.ok(existsSync(mirror))
      await w.as('admin').run(detachSource, { asset })
      await perform('sources.renew', {})
      assert.equal(existsSync(mirror), false)
    })
  })

  it('is not looked up where git is not installed, and that is said', async () => {
    const path = process.env['PATH']
    process.env['PATH'] = '/nonexistent'
    try {
      assert.deepEqual(await said('lib/url.c'), ['unchecked lib/url.c: not checked: git is not installed on the server'])
    } finally {
      process.env['PATH'] = path
    }
  })
})
