import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { verifyLog, verifyReceipt, parseVkey, type Verification } from 'avow-verify'
import type { Browser } from 'playwright-core'
import { addMember } from '../../src/access/memberships.ts'
import type { Actor } from '../../src/access/actor.ts'
import { modules } from '../../src/app.ts'
import { redactedFile } from '../../src/domain/disclosure/published.ts'
import { duplicateFile } from '../../src/domain/reports/duplicates/read-original.ts'
import { getReport } from '../../src/domain/reports/find.ts'
import { append, contentFor, findKind, receiptFor, sequenceAll } from '../../src/ledger/index.ts'
import { newId } from '../../src/lib/ids.ts'
import { createLog } from '../../src/lib/log.ts'
import { registry } from '../../src/verbs/registry.ts'
import { createWeb } from '../../src/web/server.ts'
import { listening, looks, newTab, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { world, type World } from '../support/world.ts'

const text = `# Security at Halden Works

We acknowledge every report within one week.[^ack] Nobody publishes without approval.[^publish]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.
[^publish]: Every \`policy.published\` is followed by \`policy.withdrawn\` within 100 years.
`

const admin = (personName: string): Actor => ({ kind: 'member', accountId: newId(), personName, roles: ['admin'], confirmed: true })
const report = { title: 'Open redirect', description: 'It redirects anywhere.', steps: 'Follow the link.', good_faith: true }

describe('an outsider checks a real organisation', () => {
  let w: World
  let site: Awaited<ReturnType<typeof listening>>
  let home: string
  let receipt: string
  let content: string

  before(async () => {
    w = await world({ clock: new Date().toISOString() })
    const web = createWeb({ database: w.database, modules, operations: registry(modules, () => true), log: createLog('silent') })
    site = await listening((request) => web.fetch(request))
    home = `${site.origin}/o/${w.organization.slug}`
    await publish([admin('Ann'), admin('Ben')])
    const { entry } = await run('nobody', 'report.submit', report) as { entry: string }
    await sequenceAll(w.database, w.organization.id)
    receipt = (await w.read((tx) => receiptFor(tx, entry)))!
    content = await w.read((tx) => contentFor(tx, entry))
  })
  after(async () => {
    await site?.close()
    await w?.close()
  })

  const verbs = new Map(modules.flatMap((module) => module.verbs).map((verb) => [verb.name, verb]))
  const run = (who: Parameters<World['as']>[0], name: string, input: object): Promise<unknown> => w.as(who).run(verbs.get(name)!, input)

  async function publish([ann, ben]: [Actor, Actor]): Promise<void> {
    const policy = 'security'
    await w.write(async (tx) => { for (const actor of [ann, ben]) if (actor.kind === 'member') await addMember(tx, actor.accountId, ['admin']) })
    await run(ann, 'policy.draft', { policy, text })
    await run(ann, 'policy.submit', { policy })
    for (const actor of [ann, ben]) await run(actor, 'policy.approve', { policy })
    await run(ann, 'policy.rehearse', { policy })
    await run(ann, 'commitment.set-publication', { policy, marks: ['ack', 'publish'], publication: 'public' })
    await run(ann, 'policy.publish', { policy })
  }

  const verify = (read: (url: URL) => Promise<Response> = fetch): Promise<Verification> => verifyLog({ url: home, fetch: read, now: Date.now() })

  it('finds nothing wrong, recomputes what is open, and says what it cannot know', async () => {
    const { faults, standings, texts, log } = await verify()
    assert.deepEqual(faults, [])
    assert.equal(log!.trust, 'first use')
    assert.equal(texts, 1)
    assert.deepEqual(standings!.commitments.map(({ mark, verdict }) => `${mark} ${verdict}`), ['ack attested', 'publish confirmed'])
    // Before the report came, everything was open.
    assert.equal(standings!.commitments[0]!.lastOpen!.standing, 'unproven')
  })

  it('notices a server that shows a prettier standing', async () => {
    const { faults } = await verify(async (url) => {
      const answer = await fetch(url)
      return url.pathname.endsWith('/standings.json') ? new Response((await answer.text()).replaceAll('"standing":"unproven"', '"standing":"kept"')) : answer
    })
    assert.deepEqual(faults.map(({ code }) => code), ['standing_differs'])
  })

  it('proves with receipt and content file what was reported', async () => {
    const key = parseVkey((await (await fetch(`${home}/log/key`)).text()).trim())
    const { ok, faults, entry, facts } = await verifyReceipt({ receipt, content }, { keys: [key], witnesses: [] })
    assert.deepEqual([ok, faults, entry?.kind], [true, [], 'report.received'])
    assert.match(JSON.stringify(facts), /It redirects anywhere/)
  })

  describe('with the page', { skip: needs('chromium') }, () => {
    let browser: Browser
    before(async () => { browser = await openBrowser() })
    after(() => browser?.close())

    const openPage = async (options: Parameters<typeof newTab>[1] = {}) => {
      const opened = await newTab(browser, options)
      await opened.tab.goto(`${home}/verify`)
      return opened
    }

    it('computes all standings in the browser', async () => {
      const { tab, complaints } = await openPage()
      await tab.getByRole('button', { name: 'Compute all standings' }).click()
      await tab.getByText('Verified: everything').waitFor()
      assert.match(await tab.locator('#log-result').innerText(), /Nobody publishes without approval\.\s+unproven\s+recomputed and confirmed/)
      assert.deepEqual(await violations(tab), [])
      assert.deepEqual(complaints, [])
    })

    it('computes the promise that a link is about at once, and shows it first', async () => {
      const { tab, complaints } = await newTab(browser)
      await tab.goto(`${home}/verify?policy=security&commitment=publish`)
      await tab.locator('#promise').waitFor()
      assert.match(await tab.locator('#promise').innerText(), /Nobody publishes without approval\.[^]*The entries say\s+unproven[^]*recomputed and confirmed/)
      assert.equal(await tab.evaluate(() => document.activeElement?.id), 'promise')
      assert.deepEqual(await violations(tab), [])
      await tab.goto(`${home}/verify?policy=security&commitment=nothing`)
      await tab.getByText('This log has no public promise “nothing”').waitFor()
      assert.deepEqual(complaints, [])
    })

    const file = (name: string, body: string) => ({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(body) })
    async function openFiles() {
      const opened = await openPage()
      const check = async (...files: ReturnType<typeof file>[]) => {
        await opened.tab.locator('#receipt-files').setInputFiles(files)
        await opened.tab.getByRole('button', { name: 'Check the files' }).click()
      }
      return { ...opened, check, result: opened.tab.locator('#receipt-result') }
    }

    it('checks a receipt with its content file, and refuses a changed one', async () => {
      const { tab, complaints, check } = await openFiles()
      await check(file('report.tlog-proof', receipt), file('report.json', content))
      await tab.getByText('Verified: this is what was recorded.').waitFor()
      await check(file('report.tlog-proof', receipt), file('report.json', content.replace('anywhere', 'nowhere')))
      await tab.getByText('The content file is not what the log committed to', { exact: false }).or(tab.getByText('Not verified.')).first().waitFor()
      assert.match(await tab.locator('#receipt-result').innerText(), /the content file is not what the log committed to/)
      await check(file('report.json', content))
      await tab.getByText('None of these files is a receipt').waitFor()
      assert.deepEqual(complaints, [])
    })

    it('checks what binds the company to the original of a duplicate, and shows what that says once it is disclosed', async () => {
      const submit = async (title: string) => (await run('nobody', 'report.submit', { ...report, title, weakness: 'CWE-601' })) as { report: string }
      const [{ report: first }, { report: later }] = [await submit('The first to come'), await submit('The second')]
      const settled = () => sequenceAll(w.database, w.organization.id)
      await settled()
      await run('triager', 'report.close', { report: later, reason: 'duplicate', original: first, message: 'We know it.' })
      await settled()
      const given = () => w.read(async (tx) => {
        const row = await getReport(tx, { kind: 'reporter', reportId: later }, later)
        return [file('R.duplicate.json', await duplicateFile(tx, row)), file('R.tlog-proof', (await receiptFor(tx, row.received_entry_id))!)] as const
      })
      const [sealed, own] = await given()
      const { tab, complaints, check, result } = await openFiles()
      await check(sealed, own)
      await tab.getByText('Verified: the original is in the log').waitFor()
      assert.match(await result.innerText(), /What came first\s+entry \d+[^]*not disclosed yet/)
      await check(sealed)
      await tab.getByText('without the receipt of your own report').waitFor()
      await check(file('R.duplicate.json', sealed.buffer.toString().replace(/"index":(\d+)/, (_, n: string) => `"index":${Number(n) + 1}`)), own)
      await tab.getByText('Not verified.').waitFor()
      await w.write((tx) => append(tx, findKind('report.disclosed')!, { subjects: { report: first }, marks: {}, facts: {} }))
      await settled()
      await check(...await given())
      await result.getByText('What it says (report.received)').waitFor()
      assert.match(await result.innerText(), /weakness\s+CWE-601[^]*\d+ parts of it stay sealed/)
      assert.deepEqual(await violations(tab), [])
      assert.deepEqual(complaints, [])
    })

    it('checks a published report with passages sealed, and refuses one with an open line changed', async () => {
      const { report: id, reference } = (await run('nobody', 'report.submit', { ...report, description: 'It is public.\nIt is secret.' })) as
        { report: string; reference: string }
      await run('triager', 'report.close', { report: id, reason: 'informative', message: 'Thanks.' })
      await run('triager', 'publication.write', { report: id, title: 'Told', marked: { description: 'It is public.\nIt is [[secret]].' } })
      await run('triager', 'disclosure.record-by-reporter', { report: id, where: 'On a forum.' })
      await run('triager', 'disclosure.request', { report: id, reason: 'It is out.' })
      w.clock.advance({ hours: 15 * 24 })
      await run('triager', 'publication.publish', { report: id })
      await sequenceAll(w.database, w.organization.id)
      const redacted = await w.read((tx) => redactedFile(tx, reference))
      const { tab, complaints, check, result } = await openFiles()
      await check(file('R.redacted.json', redacted))
      await tab.getByText('Verified: every open part is what was reported').waitFor()
      assert.match(await result.innerText(), /It is public\.[^]*It is ████\. \(sealed; so the publisher puts it\)/)
      assert.ok(!redacted.includes('secret'))
      await check(file('R.redacted.json', redacted.replace('It is public.', 'It was public.')))
      await tab.getByText('Not verified.').waitFor()
      assert.deepEqual(complaints, [])
    })

    it('says what is missing in a browser that cannot compute standings', async () => {
      const { tab } = await openPage()
      await tab.addInitScript(() => { Reflect.deleteProperty(globalThis, 'Temporal') })
      await tab.reload()
      await tab.getByText('This browser cannot count dates in other time zones').waitFor()
      assert.equal(await tab.getByRole('button', { name: 'Compute all standings' }).isVisible(), false)
      assert.equal(await tab.getByRole('button', { name: 'Check the files' }).isVisible(), true)
    })

    it('tells of the command where no script runs', async () => {
      const { tab } = await openPage({ script: false })
      assert.equal(await tab.getByRole('button', { name: 'Compute all standings' }).isVisible(), false)
      assert.match(await tab.locator('main').innerText(), /avow verify http:\/\/127\.0\.0\.1:\d+\/o\/organization-1 --key 'example\.invalid/)
    })

    for (const { scheme, width } of looks) {
      it(`is accessible and fits at ${width} px, ${scheme}`, async () => {
        const { tab } = await openPage({ scheme, width })
        assert.deepEqual(await violations(tab), [])
        assert.equal(await overflows(tab), false)
      })
    }
  })
})
