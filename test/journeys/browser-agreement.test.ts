import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { runVerify } from 'avow-verify/cli'
import type { Browser, Page as Tab } from 'playwright-core'
import { createAccount } from '../../src/access/accounts.ts'
import { addMember } from '../../src/access/memberships.ts'
import { startSession } from '../../src/access/sessions.ts'
import { exampleText } from '../../src/domain/agreements/agreement.ts'
import { attached } from '../support/attached.ts'
import { looks, newTab, openBrowser, overflows, violations, type Look } from '../support/browser.ts'
import { needs } from '../support/needs.ts'
import { operations } from '../support/routes.ts'
import { addAppTo, type App } from '../support/second-factor.ts'
import { site, type Site } from '../support/site.ts'

const policy = `# Security

Nobody starts work here before signing a confidentiality agreement.[^nda]

[^nda]: For each person, \`person.started\` happens only after \`nda.signed\`.
`

describe('a first day, in a browser', { skip: needs('chromium') }, () => {
  let s: Site
  let browser: Browser
  let cleo: { accountId: string; person: string; app: App }
  const shot = process.env['SHOTS']
  const run = (name: string, input: object, who: Parameters<Site['as']>[0] = s.grace) =>
    s.as(who).run(operations.verbs.find((verb) => verb.name === name)!, { ...name.startsWith('policy.') && { policy: 'security' }, ...input })

  before(async () => {
    s = await site()
    await run('policy.draft', { text: policy })
    await run('policy.submit', {})
    await run('policy.approve', {}, 'admin')
    await run('policy.rehearse', {})
    await run('policy.publish', {})
    s.clock.advance({ minutes: 1 })
    cleo = await newcomer()
    browser = await openBrowser()
  })
  after(async () => {
    await browser?.close()
    await s?.close()
  })

  /** Listed for today, and with an account since this morning. */
  async function newcomer() {
    const starts_on = s.clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString()
    const address = 'cleo@example.org'
    const { person } = await run('person.add', { name: 'Cleo Núñez', address, starts_on, country: 'PL', roles: ['member'] }) as { person: string }
    const accountId = await createAccount(s.database.global, s.database.keyring, { name: 'Cleo Núñez', address }, null)
    await s.write((tx) => addMember(tx, accountId, ['member'], { listedAs: person }))
    return { accountId, person, app: await addAppTo(s.database, s.organization.id, accountId) }
  }

  const grace = async (look: Partial<Look> & { script?: boolean } = {}) => {
    const opened = await newTab(browser, look)
    await opened.tab.context().addCookies([s.pass])
    return opened
  }
  /** Their second factor was shown long ago, so that it is asked for. */
  const newcomerTab = async (look: Partial<Look> & { script?: boolean } = {}) => {
    const opened = await newTab(browser, look)
    const value = await startSession(s.database.global, cleo.accountId, { methods: ['password', 'totp'] })
    await opened.tab.context().addCookies([{ ...s.pass, value }])
    return opened
  }
  const press = (tab: Tab, name: string) => tab.getByRole('button', { name, exact: true }).click()
  const picture = async (tab: Tab, name: string) => { if (shot) await tab.screenshot({ path: `${shot}/${name}.png`, fullPage: true }) }

  it('asks for the agreement that comes with Avow once its gaps are filled, and loses nothing on the way', async () => {
    const { tab } = await grace({ script: false })
    await tab.goto(`${s.home}/desk/agreements`)
    await tab.getByRole('link', { name: 'Write one' }).click()
    await press(tab, 'Ask people to sign it')
    assert.match(await tab.getByRole('alert').innerText(), /Line 4: Still to be filled in: take this paragraph out when your lawyer has read/)
    await picture(tab, 'agreement-refused')
    const text = exampleText().replaceAll(/^>.*\n/gm, '').replaceAll(/\[fill in: [^\]]*\]/g, 'Harbourlight Ltd')
    await tab.getByLabel('The agreement, in Markdown').fill(text)
    await press(tab, 'Ask people to sign it')
    await tab.getByRole('heading', { level: 1, name: 'Confidentiality agreement' }).waitFor()
    assert.match(await tab.locator('main').innerText(), /Cleo Núñez\s+to sign/)
  })

  it('opens nothing yet but one’s own duties, and says why', async () => {
    const { tab } = await newcomerTab({ script: false, width: 390 })
    assert.equal((await tab.goto(`${s.home}/desk`))!.status(), 403)
    assert.match(await tab.locator('main').innerText(), /Your first day has not been confirmed yet/)
    await picture(tab, 'held-back')
    await tab.getByRole('link', { name: 'What is yours to do' }).click()
    await picture(tab, 'me-before')
    await tab.getByRole('link', { name: 'Read and sign it' }).click()
    await tab.getByRole('heading', { level: 1, name: 'Confidentiality agreement' }).waitFor()
  })

  it('is not confirmed while the agreement is not signed: the desk says what is missing', async () => {
    const { tab } = await grace({ script: false })
    await tab.goto(`${s.home}/desk`)
    assert.match(await tab.locator('main').innerText(), /Somebody’s first day has come/)
    await tab.goto(`${s.home}/desk/first-days`)
    assert.match(await tab.locator('main').innerText(), /confidentiality agreement/)
    assert.equal(await tab.getByRole('button', { name: /Confirm/ }).count(), 0)
    await picture(tab, 'first-days-missing')
  })

  it('takes a phone and no script to sign: the text whole, name, second factor, and a certificate that verifies', async () => {
    const { tab } = await newcomerTab({ script: false, width: 390 })
    await tab.goto(`${s.home}/me/agreements`)
    await tab.getByRole('link', { name: 'Confidentiality agreement' }).click()
    assert.match(await tab.locator('article').innerText(), /What you may always do[^]*Harbourlight Ltd applies/)
    await tab.getByLabel('Your name').fill('Somebody Else')
    await tab.getByLabel('I have read this agreement and sign it.').check()
    await press(tab, 'Sign')
    assert.equal(await tab.locator('h1').innerText(), 'Confirm that it is you')
    await picture(tab, 'sign-step-up')
    await tab.getByLabel('Code').fill(cleo.app.next())
    await tab.locator('main form button').first().click()
    assert.match(await tab.getByRole('alert').innerText(), /Type your name as it stands here: Cleo Núñez/)
    assert.equal(await tab.getByLabel('I have read this agreement and sign it.').isChecked(), true)
    await tab.getByLabel('Your name').fill('cleo nunez')
    await press(tab, 'Sign')
    await tab.getByText('You have signed this agreement').waitFor()
    assert.equal(await overflows(tab), false)
    await picture(tab, 'signed')

    const paper = await (await tab.request.get(`${s.home}/me/agreements/confidentiality/certificate`)).body()
    if (shot) writeFileSync(`${shot}/signature.pdf`, paper)
    const folder = mkdtempSync(join(tmpdir(), 'avow-certificate-'))
    const [receipt, content] = [attached(paper, 'c2sp.org/tlog-proof')!, attached(paper, '"text_sha256"')!]
    assert.equal((JSON.parse(content) as { signed_as: string }).signed_as, 'cleo nunez')
    writeFileSync(join(folder, 'receipt.tlog-proof'), receipt)
    writeFileSync(join(folder, 'content.json'), content)
    const key = (await (await fetch(`${s.home}/log/key`)).text()).trim()
    let said = ''
    const verified = await runVerify([join(folder, 'receipt.tlog-proof'), join(folder, 'content.json'), '--key', key], { write: (text) => { said += text } })
    rmSync(folder, { recursive: true })
    assert.equal(verified, 0, said)
    assert.match(said, /nda\.signed/)
  })

  it('is confirmed with one click, and then everything is open', async () => {
    const { tab } = await grace({ script: false })
    await s.settled()
    await tab.goto(`${s.home}/desk/first-days`)
    await picture(tab, 'first-days-ready')
    await tab.getByRole('button', { name: /Confirm/ }).click()
    await tab.getByText('The first day is confirmed.').waitFor()
    const { tab: theirs } = await newcomerTab({ script: false })
    assert.equal((await theirs.goto(`${s.home}/desk`))!.status(), 200)
    const certificate = await tab.goto(`${s.home}/desk/agreements/confidentiality`)
    assert.equal(certificate!.status(), 200)
    assert.equal((await tab.request.get(new URL((await tab.getByRole('link', { name: 'PDF' }).getAttribute('href'))!, s.home).href)).status(), 200)
  })

  it('takes two people and a file where somebody signed on paper', async () => {
    const { tab } = await grace({ script: false })
    await tab.goto(`${s.home}/desk/agreements/confidentiality`)
    await tab.getByText('Signed on paper').click()
    await tab.getByLabel('Who signed').selectOption({ label: 'Grace Okoro' })
    await tab.getByLabel('The day that stands on it').fill('2026-01-04')
    await tab.getByLabel('The signed file').setInputFiles({ name: 'signed.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 signed') })
    await press(tab, 'Upload')
    await tab.getByText('It counts when somebody else has looked at it.').first().waitFor()
    await tab.goto(`${s.home}/desk/approvals`)
    assert.match(await tab.locator('main').innerText(), /Grace Okoro signed “confidentiality” on paper[^]*waits for somebody else/)
    await picture(tab, 'approvals-copy')
    assert.equal((await tab.request.get(new URL((await tab.getByRole('link', { name: 'Look at the file' }).getAttribute('href'))!, s.home).href)).status(), 200)
  })

  for (const look of looks) {
    it(`is accessible and fits: ${look.scheme}, ${look.width} px`, async () => {
      const { tab, complaints } = await grace(look)
      const starts_on = s.clock.now().toZonedDateTimeISO('UTC').toPlainDate().toString()
      const { person } = await run('person.add', { name: `Dana ${look.scheme} ${look.width}`, starts_on, country: 'DE' }) as { person: string }
      const pages = ['/me', '/me/agreements', '/me/agreements/confidentiality', '/desk/agreements', '/desk/agreements/new', '/desk/agreements/confidentiality',
        '/desk/first-days', `/desk/first-days/${person}`, '/desk/background-checks', `/desk/first-days/${person}/background-check`, '/desk/approvals']
      for (const path of pages) {
        await tab.goto(s.home + path)
        assert.deepEqual(await violations(tab), [], path)
        assert.equal(await overflows(tab), false, path)
        await picture(tab, `day${path.replace(person, 'person').replaceAll('/', '-')}-${look.width}-${look.scheme}`)
      }
      assert.deepEqual(complaints, [])
    })
  }
})
