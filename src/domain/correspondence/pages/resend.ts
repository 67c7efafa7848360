import { seeOther } from '../../../web/answer.ts'
import type { Web } from '../../../web/module.ts'
import { resendReportMail } from '../list-mails.ts'

/** The list of a case's mails is drawn where those that came are known; its button leads here. */
export function resendPages(web: Web): void {
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
