import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { looks, newTab, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'
import { zipped12, zipped2004 } from '../support/scorm-packages.ts'
import { zip } from '../support/zip.ts'

describe('packages of courses, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  const shot = process.env['SHOTS']

  before(async () => {
    s = await site()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const team = async (look: Partial<Look> = {}) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }
  const importing = async (tab: Page, slug: string, buffer: Buffer) => {
    await tab.goto(`${s.home}/desk/training/packages`)
    await tab.getByLabel('Short name').fill(slug)
    await tab.getByLabel('The package').setInputFiles({ name: `${slug}.zip`, mimeType: 'application/zip', buffer })
    await tab.getByRole('button', { name: 'Give it to the team' }).click()
  }
  const passedEntries = async () => {
    await s.settled()
    return s.read((tx) => tx.db.selectFrom('entries').select('marks').where('kind', '=', 'training.passed').execute())
  }
  const frameOf = (tab: Page): FrameLocator => tab.frameLocator('#player-frame')
  /** What a part wrote down of its talk with us, once its script has run: the paragraph is there before. */
  const logOf = async (part: FrameLocator) => {
    await part.locator('#log', { hasText: /\S/ }).waitFor()
    return part.locator('#log').innerText()
  }

  it('are imported at the desk, and what is wrong with one is said with its line', async () => {
    const { tab } = await team()
    await importing(tab, 'broken', zip([{ path: 'imsmanifest.xml', content: '<manifest xmlns:adlcp="x">\n<organizations>\n<item>\n</manifest>' }]))
    assert.match(await tab.getByRole('alert').innerText(), /imsmanifest\.xml, line 4: /)
    assert.equal(await tab.getByLabel('Short name').inputValue(), 'broken')
    await importing(tab, 'fire', zipped12())
    await tab.getByRole('heading', { name: 'Fire safety' }).waitFor()
    assert.match(await tab.locator('main').innerText(), /from a score of 80/)
    await importing(tab, 'ladders', zipped2004())
    await tab.getByRole('heading', { name: 'Ladders' }).waitFor()
    assert.match(await tab.locator('main').innerText(), /from 70 %/)
  })

  it('run apart from the sign-in, a SCORM 1.2 one in two visits, and report where their learner was', async () => {
    const { tab } = await team()
    const cookies: (string | undefined)[] = []
    tab.on('request', async (request) => { if (request.url().includes('courses.localhost')) cookies.push((await request.allHeaders())['cookie']) })
    await tab.goto(`${s.home}/me/training/fire`)
    await tab.getByRole('button', { name: 'Begin' }).click()
    await tab.getByRole('link', { name: 'Open the course' }).click()
    await frameOf(tab).getByRole('heading', { name: 'To begin with' }).waitFor()
    await tab.getByText('Saved').waitFor()
    await tab.getByRole('link', { name: 'In case of fire' }).click()
    const sco = frameOf(tab)
    assert.equal(await logOf(sco), '|301|true|ab-initio|||not attempted|three doors|80|false|405')
    if (shot) await tab.screenshot({ path: `${shot}/player-1280.png` })
    const frame = tab.frames().find((one) => one.url().includes('/sco/index.html'))!
    const outside = (address: string) => (globalThis as unknown as { outside(at: string): Promise<string> }).outside(address)
    assert.equal(await frame.evaluate(outside, `${s.home}/me`), 'refused')
    await sco.getByRole('button', { name: 'Later' }).click()
    await tab.getByText('Saved').waitFor()
    await tab.getByRole('link', { name: 'Save and leave' }).click()
    await tab.getByRole('link', { name: 'Go on with the course' }).click()
    await tab.getByRole('link', { name: 'In case of fire' }).click()
    assert.equal(await logOf(sco), 
      '|301|true|resume|door 2|one=open;two=closed|incomplete|three doors|80|false|405')
    await sco.getByRole('button', { name: 'Answer badly' }).click()
    await tab.getByText('Not passed this time').waitFor()
    assert.deepEqual(cookies.filter((cookie) => cookie?.includes('session')), [])
    assert.deepEqual(await passedEntries(), [])
  })

  it('pass with the mastery score, which leads to the same entry and certificate as a course of ours', async () => {
    s.clock.advance({ minutes: 1 })
    const { tab } = await team()
    await tab.goto(`${s.home}/me/training/fire`)
    assert.match(await tab.locator('table').innerText(), /60 %/)
    await tab.getByRole('button', { name: 'Take it again' }).click()
    await tab.getByRole('link', { name: 'Open the course' }).click()
    await tab.getByText('Saved').waitFor()
    await tab.getByRole('link', { name: 'In case of fire' }).click()
    await frameOf(tab).getByRole('button', { name: 'Answer well' }).click()
    await tab.getByText('Passed. You can leave.').waitFor()
    await tab.getByRole('link', { name: 'Save and leave' }).click()
    await tab.locator('table a').first().click()
    assert.match(await tab.locator('main').innerText(), /The package says so, with 85 %/)
    const paper = await tab.getByRole('link', { name: 'Certificate (PDF)' }).getAttribute('href')
    assert.match((await (await tab.request.get(new URL(paper!, s.home).href)).body()).subarray(0, 8).toString(), /^%PDF-1\.7/)
    const [entry] = await passedEntries()
    assert.deepEqual(entry?.marks, { course: 'fire', vouch: 'company' })
  })

  it('run with SCORM 2004 from frames within frames, leave when they ask to, resume, and pass by their measure', async () => {
    const { tab } = await team()
    await tab.goto(`${s.home}/me/training/ladders`)
    await tab.getByRole('button', { name: 'Begin' }).click()
    await tab.getByRole('link', { name: 'Open the course' }).click()
    const inner = frameOf(tab).frameLocator('iframe')
    await inner.getByText('Which side up?').waitFor()
    assert.equal(await logOf(inner),
      ',122|true|ab-initio,0|,403|,403|0.7,0|Learner,0|,401|unknown,0|0,0|PT0S,0')
    await inner.getByRole('button', { name: 'Later' }).click()
    await tab.getByRole('link', { name: 'Go on with the course' }).click()
    await inner.getByText('Which side up?').waitFor()
    assert.equal(await logOf(inner),
      ',122|true|resume,0|rung 3,0|half way,0|0.7,0|Learner,0|,401|incomplete,0|1,0|PT1H30M0S,0')
    await inner.getByRole('button', { name: 'Done' }).click()
    await tab.getByText('Passed. You can leave.').waitFor()
    await tab.getByRole('link', { name: 'Save and leave' }).click()
    await tab.getByText('90 %').waitFor()
    assert.equal((await passedEntries()).length, 2)
  })

  for (const look of looks) {
    it(`are accessible and fit: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await team(look)
      for (const path of ['/desk/training/packages', '/desk/training/fire', '/me/training/fire', '/me/training']) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        if (shot) await tab.screenshot({ path: `${shot}/${path.slice(1).replaceAll('/', '-')}-${look.width}-${look.scheme}.png`, fullPage: true })
      }
      await tab.goto(`${s.home}/me/training/fire`)
      const open = tab.getByRole('link', { name: /the course$/ })
      if (await open.count() === 0) await tab.getByRole('button', { name: 'Take it again' }).click()
      await open.click()
      await tab.getByRole('link', { name: 'To begin with' }).click()
      await frameOf(tab).getByRole('heading', { name: 'To begin with' }).waitFor()
      assert.equal(await overflows(tab), false, 'player')
      if (shot) await tab.screenshot({ path: `${shot}/player-${look.width}-${look.scheme}.png` })
      assert.deepEqual(complaints, [])
    })
  }
})
