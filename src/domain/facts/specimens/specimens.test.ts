import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { world, type World } from '../../../../test/support/world.ts'
import { addAsset } from '../../reports/manage-assets.ts'
import { submitReport } from '../../reports/submit-report.ts'
import { factJobs } from '../index.ts'
import { readFacts } from '../read-facts.ts'
import { attachSource } from '../source/attach-source.ts'
import { again } from './again.ts'
import { real } from './real.ts'
import { slop } from './slop.ts'
import { source, type Specimen } from './specimen.ts'

const folder = mkdtempSync(join(tmpdir(), 'specimens-'))

function makeMirror(bare: string): void {
  const work = join(folder, 'work')
  const author = ['-c', 'user.name=A', '-c', 'user.email=a@example.org', '-c', 'commit.gpgsign=false', '-c', 'tag.gpgsign=false']
  const git = (...args: string[]) => execFileSync('git', [...author, ...args], { cwd: work, stdio: 'ignore' })
  mkdirSync(work)
  git('init', '--quiet')
  for (const [tag, files] of Object.entries(source)) {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(work, path)), { recursive: true })
      writeFileSync(join(work, path), text)
    }
    git('add', '.')
    git('commit', '--quiet', '-m', tag)
    git('tag', tag)
  }
  git('clone', '--quiet', '--bare', '.', bare)
}

describe('facts, at a glance', () => {
  let w: World
  let library: string
  let shop: string
  const perform = (name: string, payload: object) => {
    const jobs = factJobs({ dataFolder: join(folder, 'data'), mirrorsFolder: join(folder, 'mirrors'), privateNetwork: false, replay: { seconds: 1 } })
    const job = jobs.find((one) => one.name === name) as { run(work: object, payload: object): Promise<void> }
    const work = { database: w.database, organizationId: w.organization.id, actor: { kind: 'system', job: name }, signal: AbortSignal.timeout(120_000) }
    return job.run(work, payload)
  }
  before(async () => {
    w = await world()
    makeMirror(join(folder, 'mirrors', w.organization.slug, 'quill.git'))
    const add = async (of: object) => (await w.as('admin').run(addAsset, of)).asset
    library = await add({ name: 'quill', kind: 'source code' })
    shop = await add({ name: 'Shop', locator: 'https://shop.example https://api.shop.example' })
    await add({ name: 'Blog', locator: 'https://blog.shop.example', in_scope: false })
    await w.as('admin').run(attachSource, { asset: library, location: 'quill.git' })
    await perform('source.fetch', { asset: library })
  })
  after(async () => {
    await w.close()
    rmSync(folder, { recursive: true })
  })

  const looked = async (of: object) => {
    w.clock.advance({ minutes: 1 })
    const { report } = await w.as('nobody').run(submitReport, { skipped: 'See above.', good_faith: true, ...of })
    await perform('report.check', { report })
    return { report, ...await w.as('triager').ask(readFacts, { report }) }
  }

  const check = ({ title, description, more, seen, never }: Specimen) => it(`of “${title}”`, async () => {
    const { glance, groups } = await looked({ title, description, ...more })
    const told = `${glance.map(({ mark, says }) => `${mark} ${says}`).join('\n')}\n${JSON.stringify(groups, null, 1)}`
    for (const [mark, says] of seen) assert.ok(glance.some((line) => line.mark === mark && says.test(line.says)), `${says} is not in\n${told}`)
    if (seen[0]![0] === 'no') assert.equal(glance[0]!.mark, 'no', told)
    else assert.ok(!glance.some(({ mark }) => mark === 'no'), told)
    if (never) assert.doesNotMatch(groups.flatMap(({ facts }) => facts.map(({ about, mark, says }) => `${mark} ${about} ${says}`)).join('\n'), never)
  })

  describe('show what was invented', () => { for (const one of slop) check(one) })
  describe('do not cast doubt on what is real', () => { for (const one of real) check(one) })

  describe('tell the same text from the same place', () => {
    for (const { name, first, then, alike, samePlace } of again) it(name, async () => {
      const earlier = await looked({ asset: shop, ...first })
      const later = await looked({ asset: shop, ...then })
      assert.deepEqual(
        [later.alike.some(({ id }) => id === earlier.report), later.same_place.some(({ id }) => id === earlier.report)], [alike, samePlace])
    })
  })
})
