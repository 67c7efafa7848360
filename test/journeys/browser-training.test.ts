import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { questionsOf, readCourse } from '../../src/domain/training/course-text.ts'
import { shippedText } from '../../src/domain/training/shipped.ts'
import { attached } from '../support/attached.ts'
import { looks, newTab, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { operations } from '../support/routes.ts'
import { site, type Site } from '../support/site.ts'

const { course } = readCourse(shippedText('phishing'))

describe('training, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  const shot = process.env['SHOTS']

  before(async () => {
    s = await site()
    await s.as(s.grace).run(operations.verbs.find(({ name }) => name === 'course.adopt')!, { course: 'phishing' })
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  const team = async (look: Partial<Look> & { script?: boolean } = {}) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }

  it('is passed with the keyboard alone and script off, a lesson at a time', async () => {
    const { tab } = await team({ script: false })
    await tab.goto(`${s.home}/me/training`)
    await tabTo(tab, 'Phishing and social engineering')
    await tab.keyboard.press('Enter')
    await tabTo(tab, 'Begin')
    await tab.keyboard.press('Enter')
    for (const [i, lesson] of course.lessons.entries()) {
      await tab.getByRole('heading', { level: 1, name: lesson.title }).waitFor()
      if (shot) await tab.screenshot({ path: `${shot}/lesson-${i}.png`, fullPage: true })
      for (const question of lesson.questions) await answer(tab, question)
      await tabTo(tab, 'Answer')
      await tab.keyboard.press('Enter')
      if (i + 1 === course.lessons.length) break
      assert.equal(await tab.getByText('Not right.').count(), 0)
      await tabTo(tab, `Lesson ${i + 2}: ${course.lessons[i + 1]!.title}`)
      await tab.keyboard.press('Enter')
    }
    await tab.getByRole('heading', { name: 'You have passed' }).waitFor()
    assert.match(await tab.locator('main').innerText(), new RegExp(`${questionsOf(course).length} of ${questionsOf(course).length} answers are right`))
  })

  it('gives a certificate that carries a receipt of the entry, and what the receipt covers', async () => {
    const { tab } = await team()
    await tab.goto(`${s.home}/me/training/phishing`)
    await tab.locator('table a').first().click()
    const address = await tab.getByRole('link', { name: 'Certificate (PDF)' }).getAttribute('href')
    const paper = await (await tab.request.get(new URL(address!, s.home).href)).body()
    assert.match(paper.subarray(0, 8).toString(), /^%PDF-1\.7/)
    const [receipt, content] = [attached(paper, 'c2sp.org/tlog-proof'), attached(paper, '"text_sha256"')]
    assert.ok(receipt && content, 'both files are attached')
    assert.equal((JSON.parse(content) as { title: string }).title, course.title)
    assert.equal(receipt, await (await tab.request.get(new URL(address!.replace('certificate', 'receipt'), s.home).href)).text())
  })

  it('comes back filled when an answer is missing, and shows no right answer before it was given', async () => {
    const { tab } = await team({ script: false })
    await tab.goto(`${s.home}/me/training/phishing`)
    await tab.getByRole('button', { name: 'Take it again' }).click()
    const [first, second] = course.lessons[0]!.questions
    await tab.locator(`[name="answers[${second!.id}]"][value="2"]`).check()
    await tab.getByRole('button', { name: 'Answer' }).click()
    assert.match(await tab.getByRole('alert').innerText(), /Choose an answer/)
    assert.equal(await tab.locator(`[name="answers[${second!.id}]"][value="2"]`).isChecked(), true)
    assert.doesNotMatch(await tab.content(), /answer-right|– right/)
    await tab.locator(`[name="answers[${first!.id}]"][value="0"]`).check()
    await tab.getByRole('button', { name: 'Answer' }).click()
    assert.equal(await tab.getByText('Not right.').count(), 2)
  })

  for (const look of looks) {
    it(`is accessible and fits: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await team(look)
      const pages = [
        '/me/training', '/me/training/phishing', '/me/training/phishing/lessons/1', '/me/training/phishing/lessons/3',
        '/desk/training', '/desk/training/phishing', '/desk/training/shipped/passwords',
      ]
      for (const path of pages) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        if (shot) await tab.screenshot({ path: `${shot}/${path.slice(1).replaceAll('/', '-')}-${look.width}-${look.scheme}.png`, fullPage: true })
      }
      assert.deepEqual(complaints, [])
    })
  }
})

/** Presses Tab until the control with this name has the focus. */
async function tabTo(tab: Page, name: string): Promise<void> {
  for (let left = 120; left > 0; left--) {
    await tab.keyboard.press('Tab')
    if (await tab.locator(':focus').evaluate((element, wanted) => element.textContent?.trim() === wanted, name).catch(() => false)) return
  }
  throw new Error(`Tab never arrives at “${name}”.`)
}

async function answer(tab: Page, { id, kind, options }: (typeof course.lessons)[number]['questions'][number]): Promise<void> {
  const focused = (selector: string) => tab.locator(selector).focus()
  if (kind === 'order') {
    for (const [i, { key }] of options.entries()) {
      await focused(`[name="answers[${id}][${key}]"]`)
      await tab.keyboard.type(String(i + 1))
    }
    return
  }
  for (const { key } of options.filter(({ right }) => right)) {
    await focused(`[name="answers[${id}]"][value="${key}"]`)
    await tab.keyboard.press('Space')
  }
}
