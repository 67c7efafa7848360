import { Refusal, TooMany } from '../../../lib/errors.ts'
import { Actions, Button, ButtonLink, ErrorSummary, Field, Form, kept, PlainLayout } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { PasskeySignIn, signInWithPasskey } from '../factors/sign-in-with-passkey.tsx'
import { signOut } from '../sessions/enter.ts'
import { enteredByProvider } from '../single-sign-on/leave.ts'
import { signIn } from '../sign-in.ts'
import { ssoFor, type SingleSignOn } from '../single-sign-on/sso-for.ts'

const anyone = { may: 'public.read' } as const

export function signInPages(web: Web): void {
  web.get('/sign-in', anyone, (page) => signInPage(page, { to: page.url.searchParams.get('to') ?? '' }))
  web.post('/sign-in', anyone, orAgain((page, input) =>
    signIn(page, { address: textOf(input, 'address'), password: textOf(input, 'password'), to: textOf(input, 'to') })))
  web.post('/sign-in/passkey', anyone, orAgain(signInWithPasskey))
  web.post('/sign-out', anyone, async (page) => {
    const byProvider = await enteredByProvider(page)
    await signOut(page)
    return seeOther(page, byProvider ? '/sign-in/provider/left' : '/')
  })
}

type Post = (page: Page, input: Entered) => Promise<Response>

const orAgain = (post: Post): Post => async (page, input) => {
  try { return await post(page, input) } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const wait = error instanceof TooMany ? { 'retry-after': String(error.retryAfterSeconds) } : null
    return html(await signInPage(page, input, { '': error.message }), wait ? 429 : 422, wait ?? {})
  }
}

async function signInPage(page: Page, input: Entered, errors: FieldErrors = {}) {
  const provider = await ssoFor(page.deps.database, page.organization.id, textOf(input, 'address'))
  return <SignInPage page={page} provider={provider} input={input} errors={errors} />
}

interface Drawn { page: Page; provider: SingleSignOn | null; input: Entered; errors: FieldErrors }

const SignInPage = ({ page, provider, ...draft }: Drawn) => (
  <PlainLayout page={page} title="Sign in">
    <h1>Sign in</h1>
    <ErrorSummary errors={draft.errors} />
    {provider ? <Provider provider={provider} to={textOf(draft.input, 'to')} /> : null}
    <Form to="/sign-in">
      <input type="hidden" name="to" value={textOf(draft.input, 'to')} />
      <Field {...kept(draft, 'address')} label="Mail address" type="email" autocomplete="username" />
      <Field name="password" label="Password" type="password" autocomplete="current-password" />
      <Actions><Button look={provider?.required ? 'second' : 'first'}>Sign in</Button><a href={at('/sign-in/forgotten')}>Forgot your password?</a></Actions>
    </Form>
    <PasskeySignIn to={textOf(draft.input, 'to')} />
    <p class="hint">
      You report weaknesses and want your reports in one place? <a href={at('/account/new')}>Make an account</a>.
      A <a href={at('/report')}>report</a> takes none.
    </p>
  </PlainLayout>
)

const Provider = ({ provider, to }: { provider: SingleSignOn; to: string }) => (
  <Actions>
    <ButtonLink href={at(`${provider.path}?to=${encodeURIComponent(to)}`)} look={provider.required ? 'first' : 'second'}>
      Sign in with {provider.name}
    </ButtonLink>
  </Actions>
)
