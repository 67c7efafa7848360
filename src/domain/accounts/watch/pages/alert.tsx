import { findOpenAlert, openAlert, type AlertKind, type Answer, type Noticed } from '../../../../access/alerts.ts'
import type { Allowance } from '../../../../access/attempts.ts'
import { Invalid } from '../../../../lib/errors.ts'
import { Actions, DefinitionList, PlainLayout, PostButton, Time } from '../../../../ui/index.ts'
import { textOf, type Entered } from '../../../../verbs/form-input.ts'
import { seeOther } from '../../../../web/answer.ts'
import type { Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { ownSession } from '../../sessions/own-session.ts'
import { answer, answered } from '../answer-alert.ts'
import { alertWords, placeName } from '../words.ts'

const anyone = { may: 'public.read' } as const
const answersPerNetwork: Allowance = { name: 'alert answers', count: 30, perSeconds: 3600 }

/** *Was this you?*, by the link of a mail, signed in or not; and the same answer from one's own page. Looking changes nothing. */
export function alertPages(web: Web): void {
  web.get('/sign-in/alerts/:token', anyone, alertPage)
  web.post('/sign-in/alerts/:token', { ...anyone, limit: answersPerNetwork }, async (page, input) => {
    const said = answerIn(input)
    await answer(page, { token: page.param('token') }, said)
    return <AnsweredPage page={page} said={said} />
  })
  web.post('/me/alerts/:alert', { may: 'account.own' }, async (page, input) => {
    const { account } = await ownSession(page)
    const said = answerIn(input)
    await answer(page, { id: page.param('alert'), accountId: account.id }, said)
    if (said === 'not-me') return <AnsweredPage page={page} said={said} />
    page.say('Thank you. There is nothing more to do.')
    return seeOther(page, '/me')
  })
}

function answerIn(input: Entered): Answer {
  const said = textOf(input, 'answer')
  if (said !== 'me' && said !== 'not-me') throw new Invalid({ answer: 'Say whether it was you.' })
  return said
}

async function alertPage(page: Page) {
  const { keyring } = page.deps.database
  return page.reading(async (tx) => {
    const alert = await findOpenAlert(tx, { token: page.param('token') }, 'look')
    if (!alert) throw answered()
    const account = await tx.db.selectFrom('accounts').selectAll().where('id', '=', alert.account_id).executeTakeFirstOrThrow()
    return <AlertPage page={page} kind={alert.kind} at={alert.noticed_at} noticed={await openAlert(keyring, account, alert)} />
  })
}

const AlertPage = ({ page, kind, at, noticed }: { page: Page; kind: AlertKind; at: Date; noticed: Noticed }) => (
  <PlainLayout page={page} title="Was this you?">
    <h1>Was this you?</h1>
    <p class="lead">{alertWords(kind, noticed)}</p>
    <AlertFacts page={page} at={at} noticed={noticed} />
    <AnswerButtons to={`/sign-in/alerts/${page.param('token')}`} />
  </PlainLayout>
)

export const AlertFacts = ({ page, at, noticed }: { page: Page; at: Date; noticed: Noticed }) => (
  <DefinitionList of={[
    ['When', <Time at={at} zone={page.zone} />],
    ['Browser', noticed.device],
    ['Place', noticed.device ? placeName(noticed.country) : undefined],
  ]} />
)

/** Each says what it does, so that nobody presses the second one to see. */
export const AnswerButtons = ({ to }: { to: string }) => (
  <div class="stack">
    <Actions>
      <PostButton to={to} values={{ answer: 'me' }} look="first">It was me</PostButton>
      <PostButton to={to} values={{ answer: 'not-me' }} look="danger">It was not me</PostButton>
    </Actions>
    <p class="hint">
      If it was not you, every session of yours ends, your password counts no more until you choose a new one by mail, and the administrators are told.
    </p>
  </div>
)

const AnsweredPage = ({ page, said }: { page: Page; said: Answer }) => said === 'me' ? (
  <PlainLayout page={page} title="Thank you">
    <h1>Thank you</h1>
    <p class="lead">There is nothing more to do.</p>
  </PlainLayout>
) : (
  <PlainLayout page={page} title="Your account is closed to everybody">
    <h1>Nobody is signed in to your account now</h1>
    <p class="lead">
      Your password counts no more, and the administrators have been told. Choose a new password by mail, then look at your second factor: remove
      whatever is not yours.
    </p>
    <p><a class="button" href={page.at('/sign-in/forgotten')}>Choose a new password</a></p>
  </PlainLayout>
)
