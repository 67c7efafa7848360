import type { Web } from '../../../web/module.ts'
import { checkAgain } from '../check-report.ts'
import './panel.tsx'
import { replayPages } from './replays.tsx'
import { sourcePages } from './sources.tsx'

export function factPages(web: Web): void {
  sourcePages(web)
  replayPages(web)
  web.form(checkAgain, {
    at: 'POST /desk/reports/:report/facts',
    again: (page) => Response.redirect(page.address(`/desk/reports/${page.param('report')}`), 303),
    done(_, page) {
      page.say('It is looked at again. The facts change in a moment.')
      return `/desk/reports/${page.param('report')}`
    },
  })
}
