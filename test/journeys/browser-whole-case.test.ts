import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import { parseVkey, verifyDuplicate, verifyRedacted, type Trust } from 'avow-verify'
import type { Browser, Locator, Page } from 'playwright-core'
import { newTab, openBrowser } from '../support/browser.ts'
import { keys, pointer, type Hands } from '../support/hands.ts'
import { mailWay, type MailWay } from '../support/mail-way.ts'
import { needs } from '../support/needs.ts'
import { site, type Site } from '../support/site.ts'

const runs: readonly { how: string; script: boolean; hands: Hands }[] = [
  { how: 'without script', script: false, hands: pointer }, { how: 'with script, by keys alone', script: true, hands: keys },
]

describe('a whole case, in a browser', { skip: needs('chromium', 'gpg') }, () => {
  let s: Site
  let mail: MailWay
  let browser: Browser
  before(async () => {
    // GnuPG makes keys by the clock on the wall.
    s = await site({ clock: new Date().toISOString() })
    mail = await mailWay(s)
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await mail?.close()
    await s?.close()
  })

  const trust = async (): Promise<Pick<Trust, 'keys' | 'witnesses'>> =>
    ({ keys: [parseVkey((await (await fetch(`${s.home}/log/key`)).text()).trim())], witnesses: [] })
  const sheet = (tab: Page, heading: string) => tab.locator('section', { has: tab.getByRole('heading', { name: heading, exact: true }) })
  const button = (within: Page | Locator, name: string | RegExp) => within.getByRole('button', { name, exact: true })

  for (const { how, script, hands } of runs) {
    describe(how, () => {
      const { fill, press, choose, tick, pick, day } = hands
      const title = { first: `Any address is followed, ${how}`, later: `It sends me away, ${how}`, invalid: `Your site has a version, ${how}` }
      const described = 'Open /sign-in?next=//evil.example.\nMy session was 8f3e2a11.\nIt goes there.'
      let [team, reporter] = [] as unknown as [Page, Page]
      let first: Reported
      let later: Reported

      before(async () => {
        team = (await newTab(browser, { script })).tab
        await team.context().addCookies([s.pass])
      })
      after(() => team?.context().close())

      interface Reported { reference: string; phrase: string }
      async function report(name: string): Promise<Reported> {
        const { tab } = await newTab(browser, { script })
        await tab.goto(`${s.home}/report`)
        await fill(tab.getByLabel('Title'), name)
        await fill(tab.getByLabel('Description'), described)
        await fill(tab.getByLabel('Steps to reproduce'), '1. Sign in.\n2. See where you are.')
        await tick(tab.getByLabel('I acted in good faith', { exact: false }))
        await press(button(tab, 'Send the report'))
        const phrase = (await tab.locator('.copy code').textContent())!
        const reference = /R-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await tab.locator('main').innerText())![0]
        await tab.context().close()
        await s.settled()
        return { phrase, reference }
      }
      async function follow({ phrase }: Reported): Promise<Page> {
        const { tab } = await newTab(browser, { script })
        await tab.goto(`${s.home}/track`)
        await fill(tab.getByLabel('Tracking phrase'), phrase)
        await press(button(tab, 'Open the report'))
        return tab
      }
      async function openCase(name: string): Promise<void> {
        await team.goto(`${s.home}/desk/reports`)
        await press(team.getByRole('link', { name }))
      }
      async function fold(tab: Page, name: string): Promise<Locator> {
        const details = tab.locator('details.step', { has: tab.locator('summary', { hasText: new RegExp(`^${name}`) }) })
        if (await details.getAttribute('open') === null) await press(details.locator('summary'))
        return details
      }
      async function close(reason: string, message: string, original?: string): Promise<void> {
        const form = await fold(team, 'Close without a fix')
        await choose(form.getByLabel('Reason'), reason)
        if (original) await fill(form.getByLabel('What came first'), original)
        await fill(form.getByLabel('To the reporter'), message)
        await press(button(form, 'Close without a fix'))
      }
      async function propose(tab: Page, on: Temporal.PlainDate, reason: string): Promise<void> {
        const form = await fold(tab, 'Propose a date for the embargo')
        await day(form.getByLabel('Day'), on)
        await fill(form.getByLabel('Hour'), '14:00')
        await fill(form.getByLabel('Whose clock'), 'Europe/Zurich')
        await fill(form.getByLabel('Why until then'), reason)
        await press(button(form, 'Propose this date'))
        await tab.getByText(reason).waitFor()
      }
      async function accept(tab: Page): Promise<void> {
        const asked = sheet(tab, 'Your answer is asked for')
        await pick(asked.getByLabel('Accept', { exact: true }))
        await press(button(asked, 'Answer'))
        await tab.getByText('Answered. The others are told.').waitFor()
      }
      const disclosure = async (tab: Page) => press(tab.getByRole('link', { name: 'Embargo and publication' }))
      async function askToPublish(reason: string): Promise<void> {
        const request = await fold(team, 'Ask to publish it')
        await fill(request.getByLabel('What you have in mind'), reason)
        await press(button(request, 'Ask'))
        await team.getByText('The reporter may still object').waitFor()
      }
      async function fileOf(tab: Page, link: string): Promise<string> {
        const [file] = await Promise.all([tab.waitForEvent('download'), press(tab.getByRole('link', { name: link }))])
        return readFile(await file.path(), 'utf8')
      }

      it('is reported by the web, asked about, and answered', async () => {
        first = await report(title.first)
        await openCase(title.first)
        await fill(team.locator('#compose-message'), 'Which browser is it?')
        await press(button(team, 'Ask, and wait for the answer'))
        await team.getByText('Waiting for the reporter’s answer since').waitFor()
        reporter = await follow(first)
        await reporter.getByText('Which browser is it?').waitFor()
        await fill(reporter.getByLabel('Write to the team'), 'Every one of them.')
        await press(button(reporter, 'Send'))
        await openCase(title.first)
        await team.getByText('Every one of them.').first().waitFor()
        assert.equal(await team.getByText('Waiting for the reporter’s answer since').count(), 0)
      })

      it('comes by mail, too: in clear, and encrypted in both directions', async () => {
        const [clear, canary] = [`By mail, ${how}`, `hunter2-canary, ${how}`]
        await mail.send({ from: 'bo@researcher.example', subject: clear, text: 'The cart is shown to everybody.' })
        await openCase(clear)
        await team.getByText('The cart is shown to everybody.').first().waitFor()
        await mail.writeEncrypted(canary, { subject: `Sealed, ${how}`, key: true })
        await openCase(`Sealed, ${how}`)
        await team.getByText(canary).first().waitFor()
        await fill(team.locator('#compose-message'), `Where is ${canary}?`)
        await press(button(team, 'Ask, and wait for the answer'))
        await team.getByText('Waiting for the reporter’s answer since').waitFor()
        const { seen, raw, read } = await mail.newest()
        assert.ok(!raw.includes('hunter2') && read.text!.includes(`Where is ${canary}?`))
        await mail.writeEncrypted(`At the till, ${how}`, { to: seen.replyTo![0]!.address!, inReplyTo: seen.messageId! })
        await openCase(`Sealed, ${how}`)
        await team.getByText(`At the till, ${how}`).first().waitFor()
      })

      it('is a duplicate’s original', async () => {
        later = await report(title.later)
        await openCase(title.later)
        await close('Duplicate', 'Somebody was faster.', first.reference)
        await team.getByRole('link', { name: first.reference }).waitFor()
        const tab = await follow(later)
        const { faults, opened } = await verifyDuplicate({ duplicate: await fileOf(tab, 'The file that binds us') }, await trust())
        assert.deepEqual([faults, opened], [[], undefined])
        await tab.context().close()
      })

      it('is under an embargo that both parties settle on, until it leaks', async () => {
        const today = s.clock.now().toZonedDateTimeISO('Europe/Zurich').toPlainDate()
        await openCase(title.first)
        await disclosure(team)
        await propose(team, today.add({ days: 90 }), 'We ship then.')
        await disclosure(reporter)
        await propose(reporter, today.add({ days: 60 }), 'I speak the day after.')
        await team.reload()
        await accept(team)
        await team.getByText('Embargo until').waitFor()
        await reporter.reload()
        await reporter.getByText('Embargo until').waitFor()
        const end = await fold(team, 'End the embargo early')
        await choose(end.getByLabel('Why', { exact: true }), 'The matter leaked')
        await fill(end.getByLabel('What you know'), 'It is on a forum.')
        await press(button(end, 'End it now, and tell everybody'))
        await team.getByText('The embargo has ended').waitFor()
        await reporter.reload()
        await reporter.getByText('It ended early, because the matter leaked.').waitFor()
        await reporter.getByText('It is on a forum.').waitFor()
      })

      it('is published with what each side marked left out, and proven', async () => {
        const text = await fold(team, 'The text that is published')
        await fill(text.getByLabel('Title in public'), `Sign-in followed any address, ${how}`)
        await fill(text.locator('[name="marked[description]"]'), described.replace('8f3e2a11', '[[8f3e2a11]]'))
        await press(button(text, 'Keep the text'))
        await team.getByText('My session was ████.').waitFor()
        await askToPublish('It is out, so let us tell it well.')
        await reporter.reload()
        const marks = await fold(reporter, 'What you want to stay sealed')
        await fill(marks.locator('[name="marked[steps]"]'), '1. Sign in.\n2. [[See where you are.]]')
        await pick(marks.getByLabel('By a pseudonym'))
        await fill(marks.getByLabel('The name or pseudonym'), 'moss_under_stone')
        await press(button(marks, 'Keep my choice'))
        await reporter.getByText('2. ████').waitFor()
        await accept(reporter)
        await team.reload()
        await press(button(team, 'Publish it now, for good'))
        await s.settled()
        await press(team.getByRole('link', { name: 'read it as everybody does' }))
        await team.getByText('moss_under_stone').waitFor()
        const redacted = await fileOf(team, `${first.reference}.redacted.json`)
        for (const secret of ['8f3e2a11', 'See where']) assert.ok(!(await team.content() + redacted).includes(secret), secret)
        assert.deepEqual((await verifyRedacted({ redacted }, await trust())).faults, [])
      })

      it('opens what was published to the reporter of its duplicate', async () => {
        const tab = await follow(later)
        const duplicate = await fileOf(tab, 'The file that binds us')
        const { faults, opened } = await verifyDuplicate({ duplicate }, await trust())
        assert.deepEqual(faults, [])
        assert.ok(opened!.parts.some((part) => part?.value === 'It goes there.') && !duplicate.includes('8f3e2a11'))
        await tab.context().close()
      })

      it('is published where it is not valid, when its reporter agrees', async () => {
        const invalid = await report(title.invalid)
        await openCase(title.invalid)
        await close('Not applicable', 'It is meant so.')
        await disclosure(team)
        await press(button(await fold(team, 'The text that is published'), 'Keep the text'))
        await askToPublish('Others report it, too.')
        const tab = await follow(invalid)
        await disclosure(tab)
        await accept(tab)
        await team.reload()
        await press(button(team, 'Publish it now, for good'))
        await team.getByRole('link', { name: 'read it as everybody does' }).waitFor()
        await tab.goto(`${s.home}/disclosed`)
        await press(tab.getByRole('link', { name: title.invalid }))
        await tab.getByText('Closed: not applicable').waitFor()
        await tab.context().close()
      })
    })
  }
})
