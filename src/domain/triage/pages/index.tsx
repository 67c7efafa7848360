import { PublicLayout } from '../../../ui/index.ts'
import { CopyText, DeskLayout, ErrorSummary, PageHead } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { vouch } from '../../gates/index.ts'
import { appeal, decideAppeal } from '../appeal.ts'
import { blockSender, unblockSender } from '../block.ts'
import { moveToQueue } from '../queue.ts'
import { spendTime } from '../time.ts'
import { blocksPage } from './blocks.tsx'
import { costPage } from './cost.tsx'
import { AppealForm, BlockForm, DecisionForm, TimeForm } from './forms.tsx'
import { spamPages } from './spam.tsx'

/** The team's side, and what a reporter can do about it. Forms stand on the report's own page; one that was refused comes back on a page of its own. */
export function triagePages(web: Web): void {
  spamPages(web)
  web.get('/desk/gates/blocks', { may: 'reports.triage' }, blocksPage)
  web.get('/desk/gates/cost', { may: 'reports.triage' }, costPage)
  const done = (sentence: string) => (_: unknown, page: Page) => {
    page.say(sentence)
    return `/desk/reports/${page.param('report')}`
  }
  web.form(moveToQueue, { at: 'POST /desk/reports/:report/queue', again: (page) => onDesk(page, 'Move it', null, {}), done: done('Moved. It stays there.') })
  web.form(spendTime, {
    at: 'POST /desk/reports/:report/time', done: done('Noted.'),
    again: (page, input, errors) => onDesk(page, 'Time spent', <TimeForm report={page.param('report')} input={input} errors={errors} />, errors),
  })
  web.form(blockSender, {
    at: 'POST /desk/reports/:report/block', done: done('Blocked. What they send is deposited closed, with your reason, and they can appeal.'),
    again: (page, input, errors) => onDesk(page, 'Block the sender', <BlockForm report={page.param('report')} input={input} errors={errors} />, errors),
  })
  web.form(unblockSender,
    { at: 'POST /desk/reports/:report/block/end', again: (page, _, errors) => onDesk(page, 'The block', null, errors), done: done('The block is lifted.') })
  web.form(decideAppeal, {
    at: 'POST /desk/reports/:report/appeal', done: done('Decided. The reporter can read it.'),
    again: (page, input, errors) => onDesk(page, 'The appeal', <DecisionForm report={page.param('report')} input={input} errors={errors} />, errors),
  })
  reporterPages(web)
}

function reporterPages(web: Web): void {
  const own = ({ actor }: Page) => ({ report: actor.kind === 'reporter' ? actor.reportId : '' })
  web.form(appeal, {
    at: 'POST /track/report/appeal', own, again: appealPage,
    done(_, page) {
      page.say('Sent. A person decides, and you read it here.')
      return '/track/report'
    },
  })
  web.form(vouch, {
    at: 'POST /track/report/voucher', own, done: ({ code }, page) => codePage(page, code),
    again: (page, _, errors) => <PublicLayout page={page} title="A code"><h1>A code</h1><ErrorSummary errors={errors} /><Back /></PublicLayout>,
  })
}

const onDesk = (page: Page, title: string, form: unknown, errors: FieldErrors) => (
  <DeskLayout page={page} title={title}>
    <PageHead trail={<a href={at(`/desk/reports/${page.param('report')}`)}>The report</a>} title={title} />
    <ErrorSummary errors={errors} />
    {form as never}
  </DeskLayout>
)

const Back = () => <p><a href={at('/track/report')}>Back to the report</a></p>

const appealPage = (page: Page, input: Entered, errors: FieldErrors) => (
  <PublicLayout page={page} title="Appeal">
    <h1>Appeal</h1>
    <ErrorSummary errors={errors} />
    <AppealForm input={input} errors={errors} />
    <Back />
  </PublicLayout>
)

const codePage = (page: Page, code: string) => html(
  <PublicLayout page={page} title="Your code">
    <h1>Your code</h1>
    <CopyText text={code} label="Copy the code" large />
    <p>
      It is shown only this once. Whoever enters it with a report is read among the first, and you answer for them: if what they send is spam,
      all codes of yours end. You can use it for your own next reports too.
    </p>
    <Back />
  </PublicLayout>,
)
