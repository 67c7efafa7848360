import type { Allowance } from '../../../../access/attempts.ts'
import { Invalid } from '../../../../lib/errors.ts'
import { Button, ErrorSummary, Field, Form, kept, PlainLayout } from '../../../../ui/index.ts'
import { textOf, type Entered } from '../../../../verbs/form-input.ts'
import { html } from '../../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { at } from '../../../../web/place.ts'
import { askForMail } from '../ask-for-mail.ts'

const anyone = { may: 'public.read' } as const
const mailsPerNetwork: Allowance = { name: 'mail network', count: 30, perSeconds: 3600 }

/** What is asked for by mail: a new password, and an account. Each answers the same to every address. */
export function mailForms(web: Web): void {
  web.get('/sign-in/forgotten', anyone, (page) => ForgottenPage({ page }))
  web.post('/sign-in/forgotten', { ...anyone, limit: mailsPerNetwork }, (page, input) => asked(page, 'reset', input, ForgottenPage))
  web.get('/account/new', anyone, (page) => NewAccountPage({ page }))
  web.post('/account/new', { ...anyone, limit: mailsPerNetwork }, (page, input) => asked(page, 'sign-up', input, NewAccountPage))
}

interface Drawn { page: Page; input?: Entered; errors?: FieldErrors }

async function asked(page: Page, purpose: 'reset' | 'sign-up', input: Entered, again: (drawn: Drawn) => ReturnType<typeof ForgottenPage>) {
  try {
    await askForMail(page, purpose, textOf(input, 'address'))
    return <MailedPage page={page} address={textOf(input, 'address').trim()} purpose={purpose} />
  } catch (error) {
    if (!(error instanceof Invalid)) throw error
    return html(again({ page, input, errors: error.fields }), 422)
  }
}

const ForgottenPage = ({ page, ...draft }: Drawn) => (
  <PlainLayout page={page} title="Forgot your password?">
    <h1>Forgot your password?</h1>
    <p class="lead">We mail you a link to choose a new one.</p>
    <ErrorSummary errors={draft.errors} />
    <Form to="/sign-in/forgotten">
      <Field {...kept(draft, 'address')} label="Mail address" type="email" autocomplete="username" />
      <Button>Mail me the link</Button>
    </Form>
    <p class="hint">A second factor is asked for as ever. If you have lost yours, ask two administrators of your team.</p>
    <p><a href={at('/sign-in')}>Back to sign in</a></p>
  </PlainLayout>
)

const NewAccountPage = ({ page, ...draft }: Drawn) => (
  <PlainLayout page={page} title="Make an account">
    <h1>Make an account</h1>
    <p class="lead">For people who report weaknesses: all your reports in one place, without their phrases.</p>
    <p>You never need one. <a href={at('/report')}>A report</a> takes no account, and its phrase opens it.</p>
    <ErrorSummary errors={draft.errors} />
    <Form to="/account/new">
      <Field {...kept(draft, 'address')} label="Mail address" type="email" autocomplete="username"
        hint="We mail you a link. Only you see this address: it is in no report." />
      <Button>Mail me the link</Button>
    </Form>
    <p class="hint">Are you of the security team? Then you join by the link of an administrator’s invitation.</p>
    <p><a href={at('/sign-in')}>Sign in</a></p>
  </PlainLayout>
)

const MailedPage = ({ page, address, purpose }: { page: Page; address: string; purpose: 'reset' | 'sign-up' }) => (
  <PlainLayout page={page} title="Look at your mail">
    <h1>Look at your mail</h1>
    {purpose === 'reset'
      ? <p class="lead">If there is an account with the address {address}, a link is on its way. It is good for 30 minutes.</p>
      : <p class="lead">A mail to {address} is on its way. Its link is good for a day.</p>}
    <p>Nothing there? Look among the unwanted mail, check the address, and try again in a few minutes.</p>
    <p><a href={at('/sign-in')}>Back to sign in</a></p>
  </PlainLayout>
)
