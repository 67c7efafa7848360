import { Invalid, Refusal, TooMany } from '../../../lib/errors.ts'
import { Button, ErrorSummary, Field, Form, PlainLayout, PostButton } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import type { Allowance } from '../../../access/attempts.ts'
import { confirmed } from '../sessions/confirmed.ts'
import { ownPath } from '../sessions/own-path.ts'
import { ownSession, waitingSession } from '../sessions/own-session.ts'
import { noteAttempt } from '../watch/note.ts'
import { hasPasskeyHere, PasskeyField } from './passkey-field.tsx'
import { questionToConfirm, questionToSignIn } from './passkey-questions.ts'
import { showFactor } from './show-factor.ts'

const anyone = { may: 'public.read' } as const
/** Each question is a row for five minutes. */
const questions: Allowance = { name: 'passkey questions', count: 60, perSeconds: 300 }

/** The way in that follows the password, and what a browser asks a passkey. */
export function secondFactorPages(web: Web): void {
  web.get('/sign-in/second-factor', anyone, (page) => secondFactorPage(page, { to: page.url.searchParams.get('to') ?? '' }))
  web.post('/sign-in/second-factor', anyone, async (page, input) => {
    try { return await showSecondFactor(page, input) } catch (error) { return again(page, input, error) }
  })
  web.post('/passkeys/sign-in', { ...anyone, limit: questions }, async (page) => Response.json(await questionToSignIn(page)))
  web.post('/passkeys/confirm', { ...anyone, limit: questions }, async (page) => {
    const { account } = await waitingSession(page) ?? await ownSession(page)
    return Response.json(await questionToConfirm(page, account))
  })
}

/** The session that waits goes on to what was asked for. */
async function showSecondFactor(page: Page, input: Entered): Promise<Response> {
  const session = await waitingSession(page)
  if (!session) return seeOther(page, `/sign-in?to=${encodeURIComponent(textOf(input, 'to'))}`)
  const method = await showFactor(page, session.account, input)
  await confirmed(page, session.id, method)
  await noteAttempt(page, { accountId: session.account.id, outcome: 'entered', method })
  return seeOther(page, ownPath(textOf(input, 'to')))
}

async function again(page: Page, input: Entered, error: unknown): Promise<Response> {
  if (!(error instanceof Refusal)) throw error
  const errors = error instanceof Invalid ? error.fields : { '': error.message }
  const headers = error instanceof TooMany ? { 'retry-after': String(error.retryAfterSeconds) } : {}
  const drawn = await secondFactorPage(page, input, errors)
  return drawn instanceof Response ? drawn : html(drawn, error instanceof TooMany ? 429 : 422, headers)
}

async function secondFactorPage(page: Page, input: Entered, errors: FieldErrors = {}) {
  const session = await waitingSession(page)
  if (!session) return seeOther(page, `/sign-in?to=${encodeURIComponent(textOf(input, 'to'))}`)
  return <SecondFactorPage page={page} input={input} errors={errors} passkey={await hasPasskeyHere(page, session.account.id)} />
}

const SecondFactorPage = ({ page, input, errors, passkey }: { page: Page; input: Entered; errors: FieldErrors; passkey: boolean }) => (
  <PlainLayout page={page} title="Second factor">
    <h1>Second factor</h1>
    <p class="lead">The password is right. Now show what you have.</p>
    <ErrorSummary errors={errors} />
    <Form to="/sign-in/second-factor">
      <input type="hidden" name="to" value={textOf(input, 'to')} />
      {passkey ? <PasskeyField name="passkey" purpose="confirm" label="Use a passkey" /> : null}
      <Field name="code" label="Code" autocomplete="one-time-code" optional={passkey} error={errors['code']}
        hint="The six digits that your app shows, or one of your recovery codes." />
      <Button>Sign in</Button>
    </Form>
    <PostButton to="/sign-out" look="quiet">Not you? Begin again</PostButton>
    <p class="hint">You have lost both the factor and the codes? Two administrators of your team can let you add a new one.</p>
  </PlainLayout>
)
