import { Refusal } from '../../../lib/errors.ts'
import { Button, Form } from '../../../ui/button.tsx'
import { Field } from '../../../ui/field.tsx'
import { PlainLayout } from '../../../ui/layout.tsx'
import { ErrorSummary } from '../../../ui/notice.tsx'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { signOut } from '../sessions/enter.ts'
import { signIn, signInsPerNetwork } from '../sign-in.ts'

export function signInPages(web: Web): void {
  web.get('/sign-in', { may: 'public.read' }, (page) => SignInPage({ page, input: { to: page.url.searchParams.get('to') ?? '' }, errors: {} }))
  web.post('/sign-in', { may: 'public.read', limit: signInsPerNetwork }, async (page, input) => {
    try {
      return await signIn(page, { address: textOf(input, 'address'), password: textOf(input, 'password'), to: textOf(input, 'to') })
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      return html(SignInPage({ page, input, errors: { '': error.message } }), 422)
    }
  })
  web.post('/sign-out', { may: 'public.read' }, async (page) => {
    await signOut(page)
    return seeOther(page, '/')
  })
}

const SignInPage = ({ page, input, errors }: { page: Page; input: Entered; errors: FieldErrors }) => (
  <PlainLayout page={page} title="Sign in">
    <h1>Sign in</h1>
    <ErrorSummary errors={errors} />
    <Form to="/sign-in">
      <input type="hidden" name="to" value={textOf(input, 'to')} />
      <Field name="address" label="Mail address" type="email" autocomplete="username" value={textOf(input, 'address')} />
      <Field name="password" label="Password" type="password" autocomplete="current-password" />
      <Button>Sign in</Button>
    </Form>
  </PlainLayout>
)
