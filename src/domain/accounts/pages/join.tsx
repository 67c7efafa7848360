import type { Actor } from '../../../access/actor.ts'
import { Refusal, Invalid } from '../../../lib/errors.ts'
import { Button, ErrorSummary, Field, Form, PlainLayout } from '../../../ui/index.ts'
import { fromForm, textOf, type Entered } from '../../../verbs/form-input.ts'
import { parse } from '../../../verbs/parse.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { openInvitation } from '../invitation.ts'
import { joinAs, joinWithNewAccount, NewMember } from '../join.ts'
import { enter } from '../sessions/enter.ts'

const anyone = { may: 'public.read' } as const

/** Where a one-time link leads: a new account, or one more organisation for the account that is signed in. */
export function joinPages(web: Web): void {
  web.get('/join/:token', anyone, (page) => joinPage(page))
  web.post('/join/:token', anyone, joinNew)
  web.post('/join/:token/as-myself', anyone, joinSignedIn)
}

async function joinNew(page: Page, input: Entered) {
  try {
    const member = parse(NewMember, fromForm(NewMember, input))
    const accountId = await page.deps.database.write(page.organization.id, (tx) => joinWithNewAccount(tx, page.param('token'), member))
    return await enter(page, accountId, { method: 'password', to: '/me/factors' })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return html(await joinPage(page, input, error instanceof Invalid ? error.fields : { '': error.message }), 422)
  }
}

async function joinSignedIn(page: Page) {
  const { actor } = page
  if (!isSignedIn(actor)) return seeOther(page, `/join/${page.param('token')}`)
  await page.deps.database.write(page.organization.id, (tx) => joinAs(tx, page.param('token'), actor.accountId))
  return seeOther(page, '/desk')
}

async function joinPage(page: Page, input: Entered = {}, errors: FieldErrors = {}) {
  await page.reading((tx) => openInvitation(tx, page.param('token'), 'look'))
  return isSignedIn(page.actor) ? <AsMyself page={page} name={page.actor.personName} /> : <NewAccount page={page} input={input} errors={errors} />
}

const isSignedIn = (actor: Actor) => actor.kind === 'member' || actor.kind === 'person'

const NewAccount = ({ page, input, errors }: { page: Page; input: Entered; errors: FieldErrors }) => (
  <PlainLayout page={page} title="Make your account">
    <h1>Make your account</h1>
    <p class="lead">You join the security team of {page.organization.name}.</p>
    <ErrorSummary errors={errors} />
    <Form to={`/join/${page.param('token')}`}>
      <Field name="name" label="Your name" autocomplete="name" value={textOf(input, 'name')} error={errors['name']} />
      <Field name="address" label="Mail address" type="email" autocomplete="username" value={textOf(input, 'address')} error={errors['address']} />
      <Field name="password" label="Password" type="password" autocomplete="new-password" error={errors['password']}
        hint="12 characters or more. A password manager makes a good one." />
      <Button>Make my account</Button>
    </Form>
    <p class="hint">You have an account here already? Sign in first, then open this link again.</p>
  </PlainLayout>
)

const AsMyself = ({ page, name }: { page: Page; name: string }) => (
  <PlainLayout page={page} title="Join">
    <h1>Join {page.organization.name}</h1>
    <p class="lead">You are signed in as {name}.</p>
    <Form to={`/join/${page.param('token')}/as-myself`}><Button>Join as {name}</Button></Form>
  </PlainLayout>
)
