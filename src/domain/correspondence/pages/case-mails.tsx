import { DataTable, Notice, PostButton, Time } from '../../../ui/index.ts'
import { seeOther } from '../../../web/answer.ts'
import type { Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { addPart } from '../../reports/index.ts'
import { listReportMails, resendReportMail, type CaseMail } from '../list-mails.ts'

addPart({
  name: 'correspondence', on: 'case', order: 60, may: 'reports.read',
  async draw(page, report) {
    const { mails } = await page.read(listReportMails, { report: report.id })
    return mails.length === 0 ? null : <CaseMails page={page} report={report.id} mails={mails} />
  },
})

export function caseMailPages(web: Web): void {
  web.form(resendReportMail, {
    at: 'POST /desk/reports/:report/mails/:mail/resend',
    again(page, _input, errors) {
      page.say(Object.values(errors)[0] ?? 'It could not be sent.')
      return seeOther(page, `/desk/reports/${page.param('report')}`)
    },
    done({ report }, page) {
      page.say('The mail is sent again.')
      return `/desk/reports/${report}`
    },
  })
}

const CaseMails = ({ page, report, mails }: { page: Page; report: string; mails: readonly CaseMail[] }) => {
  const last = mails.findLast(({ from }) => from === 'us')
  return (
    <section class="stack" aria-labelledby="mails-title">
      <h2 id="mails-title">By mail</h2>
      {last?.failed ? (
        <Notice tone="warning" title="Your answer did not arrive">
          {last.arrival}. Send it again once that is mended. If the address is wrong, the reporter only reads it on the page that follows the report.
        </Notice>
      ) : null}
      <DataTable caption="Mails of this report, oldest first" rows={mails} columns={[
        { head: 'When', header: true, cell: (mail) => <Time at={mail.at} zone={page.zone} /> },
        { head: 'Mail', cell: (mail) => (mail.from === 'us' ? `To the reporter. ${mail.subject}` : 'From the reporter') },
        { head: 'Protection', cell: ({ protection }) => protection },
        { head: 'Arrival', cell: (mail) => (
          <>{mail.arrival}{mail.failed && page.may('reports.triage')
            ? <PostButton to={`/desk/reports/${report}/mails/${mail.id}/resend`} look="quiet">Send it again</PostButton> : null}</>
        ) },
      ]} />
    </section>
  )
}
