import assert from 'node:assert/strict'
import { after, before, beforeEach, describe, it } from 'node:test'
import { fixReport } from '../reports/fix-report.ts'
import { reopenReport } from '../reports/reopen-report.ts'
import { resolveReport } from '../reports/resolve-report.ts'
import { base, bridged, type Bridged } from '../../../test/support/bridged.ts'
import { declineClosing, passOn } from './pass-on.ts'

describe('an issue elsewhere and its report', () => {
  let b: Bridged
  before(async () => { b = await bridged() })
  beforeEach(() => {
    Object.assign(b.there.set, { private: true, keepsConfidential: true, fails: null, loses: false })
    b.there.issues.length = 0
    b.w.clock.advance({ hours: 1 })
  })
  after(() => b.close())

  for (const kind of ['github', 'gitlab'] as const) {
    it(`send to ${kind} a reference, a severity and a link, and nothing of what was reported, unless somebody chooses more`, async () => {
      const { report } = await b.passed(kind)
      const [sent] = b.there.issues
      assert.equal(sent!.title, await b.referenceOf(report))
      assert.match(sent!.body, /its severity is high/)
      assert.ok(sent!.body.endsWith(`\n\n${base}/desk/reports/${report}`))
      assert.ok(!JSON.stringify(sent).includes('canary'))
      const line = await b.only(report)
      assert.deepEqual([line.state, line.there, line.number, line.passed_by, line.host], ['sent', 'open', 1, 'Ada', new URL(b.there.origin).host])
      assert.ok(line.url?.startsWith(b.there.origin))
      assert.equal(sent!.confidential, kind === 'gitlab')
    })

    it(`ask about an issue of ${kind} that others closed, and enter nothing: a person says whether the fix is live`, async () => {
      const { report, issue } = await b.passed(kind)
      const entries = () => b.w.read((tx) => tx.db.selectFrom('entries').select('id').execute())
      const before = (await entries()).length
      Object.assign(b.there.issues[0]!, { state: 'closed', version: 2 })
      await b.looked(issue)
      assert.equal((await entries()).length, before)
      assert.equal((await b.only(report)).closed_there, true)
      assert.ok((await b.letters()).includes(`${await b.referenceOf(report)}: an issue that it was passed on to was closed`))
      await b.ada.run(declineClosing, { issue })
      assert.equal((await b.only(report)).closed_there, false)
      Object.assign(b.there.issues[0]!, { state: 'open', version: 3 })
      await b.looked(issue)
      Object.assign(b.there.issues[0]!, { state: 'closed', version: 4 })
      await b.looked(issue)
      assert.equal((await b.only(report)).closed_there, true)
    })

    it(`tell an issue of ${kind} the state in one word, close it with the report and open it again with it`, async () => {
      const { report, issue } = await b.passed(kind)
      await b.ada.run(fixReport, { report })
      await b.looked(issue)
      const reference = await b.referenceOf(report)
      assert.deepEqual(b.there.issues[0]!.comments, [`${reference} is now “fixed”.\n\n${base}/desk/reports/${report}`])
      assert.equal(b.there.issues[0]!.state, 'open')
      await b.ada.run(resolveReport, { report, message: 'canary' })
      await b.looked(issue)
      assert.equal(b.there.issues[0]!.state, 'closed')
      assert.equal((await b.only(report)).closed_there, false)
      await b.ada.run(reopenReport, { report, reason: 'not fixed', message: 'canary' })
      await b.looked(issue)
      assert.equal(b.there.issues[0]!.state, 'open')
      assert.equal(b.there.issues[0]!.comments.length, 3)
      assert.ok(!JSON.stringify(b.there.issues).includes('canary'))
      await b.looked(issue)
      assert.equal(b.there.issues[0]!.comments.length, 3)
    })

    it(`make no second issue at ${kind} where the answer to the first was lost`, async () => {
      const [{ bridge }, report] = [await b.add(kind), await b.arrived()]
      const { issue } = await b.ada.run(passOn, { report, bridge })
      b.there.set.loses = true
      await b.sync(issue)
      assert.equal((await b.only(report)).problem, 'no-answer')
      b.there.set.loses = false
      await b.looked(issue)
      assert.equal(b.there.issues.length, 1)
      assert.equal((await b.only(report)).number, 1)
    })
  }
})
