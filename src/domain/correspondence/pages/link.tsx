import { Button, ErrorSummary, Form, PlainLayout } from '../../../ui/index.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { mailReportLink, openReportLink } from '../open-link.ts'
import { findReportLink } from '../report-links.ts'
import { followBy } from './session.ts'

const anyone = { may: 'public.read' } as const
const linksPerNetwork = { name: 'report link network', count: 60, perSeconds: 900 }

/** Where mailed links lead. Opening one changes nothing, because mail programs open links too; the button does. */
export function linkPages(web: Web): void {
  web.get('/track/mail/:token', anyone, (page) => linkPage(page))
  web.form(openReportLink, {
    at: 'POST /track/mail/:token', limit: linksPerNetwork, again: linkPage,
    done({ session }, page) {
      followBy(page.cookies, session)
      return '/track/report'
    },
  })
  web.form(mailReportLink, {
    at: 'POST /track/mail/:token/again', limit: linksPerNetwork, again: linkPage,
    done(_, page) {
      page.say('A new link is on its way to the address that reported. It is good for a day.')
      return '/track'
    },
  })
}

async function linkPage(page: Page, _input: Entered = {}, errors: FieldErrors = {}) {
  const { good } = await page.reading((tx) => findReportLink(tx, page.param('token')))
  return good ? <GoodLink page={page} errors={errors} /> : <OldLink page={page} errors={errors} />
}

interface Drawn { page: Page; errors: FieldErrors }

const GoodLink = ({ page, errors }: Drawn) => (
  <PlainLayout page={page} title="Open your report">
    <h1>Open your report</h1>
    <p class="lead">It opens in this browser, once. After that this link is used up.</p>
    <ErrorSummary errors={errors} />
    <Form to={`/track/mail/${page.param('token')}`}><Button>Open the report</Button></Form>
  </PlainLayout>
)

const OldLink = ({ page, errors }: Drawn) => (
  <PlainLayout page={page} title="This link is over">
    <h1>This link is over</h1>
    <p class="lead">It was used already, or is older than a day. We mail you a new one, to the address that reported and to no other.</p>
    <ErrorSummary errors={errors} />
    <Form to={`/track/mail/${page.param('token')}/again`}><Button>Mail me a new link</Button></Form>
  </PlainLayout>
)
