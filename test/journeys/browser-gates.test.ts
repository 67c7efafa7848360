import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { pauseIntake, resumeIntake } from '../../src/domain/gates/pause.ts'
import { listReportsQuery } from '../../src/domain/reports/list-reports.ts'
import { looks, newTab, openAll, openBrowser, overflows, violations } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

describe('the gates, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  before(async () => {
    s = await site()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const fill = async (tab: Page, title: string) => {
    await tab.goto(`${s.home}/report`)
    await tab.getByLabel('Title').fill(title)
    await tab.getByLabel('Description').fill('A number is not checked.')
    await tab.getByLabel('Steps to reproduce').first().fill('Change it.')
    await tab.getByLabel(/I acted in good faith/).check()
  }
  const send = (tab: Page) => tab.getByRole('button', { name: 'Send the report' }).click()
  const classOf = async (title: string) => {
    const { reports } = await s.as(s.grace).ask(listReportsQuery, { state: 'all' }) as { reports: { id: string; title: string; queue: string }[] }
    return reports.find((one) => one.title === title)
  }
  const sees = async (tab: Page, name: string) => {
    await openAll(tab)
    if (process.env.SHOTS) await tab.screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
    assert.deepEqual(await violations(tab), [], name)
    assert.equal(await overflows(tab), false, name)
  }

  it('a browser does the work while somebody types, and the report stands among the plausible', async () => {
    const { tab, complaints } = await newTab(browser)
    await fill(tab, 'Worked for')
    await send(tab)
    await tab.getByText('We have your report').waitFor({ timeout: 90_000 })
    assert.equal((await classOf('Worked for'))!.queue, 'plausible')
    assert.deepEqual(complaints, [])
  })

  it('without script and sent at once it waits as suspect; its reporter reads why and can object, and somebody decides', async () => {
    const { tab } = await newTab(browser, { script: false })
    await fill(tab, 'Sent at once')
    await send(tab)
    await tab.goto(`${s.home}/track/report`)
    await tab.getByRole('heading', { name: 'Your report is read after others' }).waitFor()
    await tab.getByLabel('Why this is not right').fill('I have no script.')
    if (process.env.SHOTS) await tab.screenshot({ path: `${process.env.SHOTS}/track.png`, fullPage: true })
    await tab.getByRole('button', { name: 'Appeal' }).click()
    await tab.getByText('You have objected').waitFor()
    const { id, queue } = (await classOf('Sent at once'))!
    assert.equal(queue, 'suspect')
    const desk = await atDesk()
    await desk.goto(`${s.home}/desk/reports/${id}`)
    await desk.getByLabel('They are right: open it again').check()
    await desk.getByLabel('Your reasons, to the reporter').fill('Thank you for writing.')
    await desk.getByRole('button', { name: 'Decide' }).click()
    await desk.getByText('Decided.').waitFor()
    assert.equal((await classOf('Sent at once'))!.queue, 'plausible')
  })

  it('closes those that are ticked, without script', async () => {
    const { tab } = await newTab(browser, { script: false })
    for (const title of ['Watches', 'Shoes']) {
      await fill(tab, title)
      await send(tab)
    }
    const desk = await atDesk({ script: false })
    await desk.goto(`${s.home}/desk/reports?state=open&queue=suspect`)
    await desk.getByRole('link', { name: 'Close many of these as spam' }).click()
    await desk.getByLabel('Watches').check()
    await desk.getByRole('button', { name: 'Close those ticked' }).click()
    await desk.getByText('One report was closed as spam.').waitFor()
    assert.equal(await desk.getByLabel('Shoes').count(), 1)
    assert.equal(await desk.getByLabel('Watches').count(), 0)
  })

  async function atDesk(how: Parameters<typeof newTab>[1] = {}): Promise<Page> {
    const { tab } = await newTab(browser, how)
    await tab.context().addCookies([s.pass])
    return tab
  }

  for (const { scheme, width } of looks) {
    it(`is accessible and fits at ${width} px, ${scheme}`, async () => {
      const desk = await atDesk({ scheme, width })
      const { id } = (await classOf('Shoes'))!
      const pages = { gates: '/desk/gates', blocks: '/desk/gates/blocks', cost: '/desk/gates/cost', spam: '/desk/spam/suspect',
        inbox: '/desk/reports?state=open&queue=suspect', case: `/desk/reports/${id}`, form: '/report' }
      for (const [name, path] of Object.entries(pages)) {
        await desk.goto(`${s.home}${path}`)
        await sees(desk, `${name}-${width}-${scheme}`)
      }
    })

    it(`tells a reporter at ${width} px, ${scheme}, what is the matter: read last, or nothing is read until a day`, async () => {
      const { tab: scriptless } = await newTab(browser, { script: false })
      await fill(scriptless, `Sent at once, ${width} ${scheme}`)
      await send(scriptless)
      await scriptless.getByText('We have your report').waitFor()
      const { tab } = await newTab(browser, { scheme, width })
      await tab.context().addCookies(await scriptless.context().cookies())
      await tab.goto(`${s.home}/track/report`)
      await tab.getByRole('heading', { name: 'Your report is read after others' }).waitFor()
      await sees(tab, `track-${width}-${scheme}`)
      await s.as('admin').run(pauseIntake, { until: s.clock.now().add({ hours: 48 }).toString(), words: 'We are closed over the holidays.' })
      await tab.goto(`${s.home}/report`)
      await tab.getByText('Reports are taken in now, and read later').waitFor()
      await sees(tab, `paused-${width}-${scheme}`)
      await s.as('admin').run(resumeIntake, {})
    })
  }
})
