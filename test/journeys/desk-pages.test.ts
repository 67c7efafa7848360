import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { printVkey } from 'avow-verify'
import type { Browser } from 'playwright-core'
import { signer } from '../../packages/verify/test/signers.ts'
import { createInvitation } from '../../src/domain/accounts/index.ts'
import { modules } from '../../src/app.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { everyRoute, filled } from '../support/routes.ts'
import { site, type Site } from '../support/site.ts'

const text = `# Security at Halden Works

We acknowledge every report within one week.[^ack] Access to each system is reviewed every quarter.[^access]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.
[^access]: For each system, \`access.reviewed\` happens at least every 3 months.
`
const told = {
  title: 'Account-export-includes-the-addresses-of-other-people and of everybody who ever wrote to them', description: 'See the file.', steps: '1. Export.',
  tools: [{ name: 'curl', version: '8.20', output: 'x'.repeat(300) }], name: 'Nemo', email: 'nemo@example.org', weakness: 'CWE-200', good_faith: true,
}

/** Each page has two turns, on a phone by night and at a desk by day, or the other way round: four would cost minutes and show hardly more. */
const isTurnOf = ({ width, scheme }: (typeof looks)[number], at: number) => ((width === 1280) === (scheme === 'light')) === (at % 2 === 0)

describe('every page that a module mounts, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let phrase: string
  let pages: string[]

  before(async () => {
    s = await site()
    browser = await openBrowser()
    const known = await furnish()
    const own = ['/desk/reports?search=export&state=all', '/api', '/api/report.submit', '/dev/mail', `/dev/mail/${known.mail}`, '/nothing-here']
    pages = [...everyRoute.filter(({ method }) => method === 'GET').map(({ path }) => filled(path, known)), ...own]
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const run = <O>(who: Parameters<Site['as']>[0], name: string, input: object): Promise<O> =>
    s.as(who).run(modules.flatMap((module) => module.verbs).find((verb) => verb.name === name)!, input) as Promise<O>

  /** Something of everything, so that no page is seen empty. Answers what fills the parameters of the paths. */
  async function furnish(): Promise<Record<string, string>> {
    const policy = 'security'
    await run(s.grace, 'policy.draft', { policy, text })
    for (const name of ['policy.submit', 'policy.rehearse', 'policy.approve']) await run(s.grace, name, { policy })
    await run(s.grace, 'commitment.set-publication', { policy, marks: ['ack'], publication: 'public' })
    await run(s.grace, 'policy.publish', { policy })
    const faster = text.replace('one week', 'five days').replace('7 days', '5 days')
    await run(s.grace, 'policy.draft', { policy, text: faster, summary: 'Faster.', significant: true })
    const locator = 'https://a-rather-long-name.halden-works.example'
    await run(s.grace, 'asset.add', { name: 'The web application', locator, kind: 'website', in_scope: true, note: 'No load tests.' })
    await run(s.grace, 'key.create', { name: 'Pipeline', roles: ['machine'] })
    const sent = await run<{ report: string; phrase: string }>('nobody', 'report.submit', told)
    phrase = sent.phrase
    await run('triager', 'report.acknowledge', { report: sent.report, message: 'Thank you.\nWe are looking at it.' })
    await run('triager', 'report.note', { report: sent.report, message: 'Looks real.' })
    await run('triager', 'report.ask', { report: sent.report, message: 'Which browser?' })
    const token = (await s.write((tx) => createInvitation(tx, ['admin'], null))).split('/').at(-1)!
    const [mail] = await s.read((tx) => tx.db.selectFrom('mails').select('id').execute())
    await run(s.grace, 'witness.name', { vkey: printVkey(signer('witness.example', 0x04).key), url: 'http://127.0.0.1:9' })
    await run(s.grace, 'log.witness', { vkey: printVkey(signer('log.example').key) })
    await s.settled()
    await run(s.grace, 'entry.correct', { index: 3, reason: 'It was entered for another organisation.' })
    return { policy, version: '1', mark: 'ack', slug: 'avow', report: sent.report, token, mail: mail!.id, index: '3' }
  }

  for (const look of looks) {
    it(`is accessible, fits, and complains of nothing at ${look.width} px, ${look.scheme}`, async () => {
      const { tab, complaints } = await newTab(browser, look)
      await tab.context().addCookies([s.pass])
      await tab.goto(`${s.home}/track`)
      await tab.getByLabel('Tracking phrase').fill(phrase)
      await tab.getByRole('button', { name: 'Open the report' }).click()
      const wrong: string[] = []
      let seen = 0
      for (const path of pages.filter((_, at) => isTurnOf(look, at))) {
        const answer = await tab.context().request.get(s.home + path)
        // What is a guest's alone is seen in browser-case.test.ts.
        if (!answer.headers()['content-type']?.startsWith('text/html') || answer.status() === 403) continue
        seen++
        await tab.goto(s.home + path)
        await openAll(tab)
        wrong.push(...(await violations(tab)).map((line) => `${path}: ${line}`))
        if (await overflows(tab)) wrong.push(`${path}: does not fit`)
      }
      assert.deepEqual(wrong, [])
      assert.ok(seen >= 25, `only ${seen} pages were seen`)
      assert.deepEqual(complaints.filter((line) => !line.includes('404')), [])
    })
  }

  for (const scheme of ['light', 'dark'] as const) {
    it(`refuses, and shows the phrase, as accessibly on a phone, ${scheme}`, async () => {
      const { tab, complaints } = await newTab(browser, { scheme, width: 390 })
      await tab.goto(`${s.home}/report`)
      await tab.getByRole('button', { name: 'Send the report' }).click()
      await tab.getByRole('alert').waitFor()
      assert.deepEqual(await violations(tab), [])
      await tab.getByLabel('Title').fill('Small')
      await tab.getByLabel('Description').fill('Very small.')
      await tab.getByLabel('Steps to reproduce').fill('None needed.')
      await tab.getByLabel('I acted in good faith', { exact: false }).check()
      await tab.getByRole('button', { name: 'Send the report' }).click()
      await tab.locator('.copy code').waitFor()
      assert.deepEqual(await violations(tab), [])
      assert.equal(await overflows(tab), false)
      assert.deepEqual(complaints.filter((line) => !line.includes('422')), [])
    })
  }
})
