import { countAttempt } from '../../../../access/attempts.ts'
import { NotFound, Refusal } from '../../../../lib/errors.ts'
import { Actions, ButtonLink, ErrorSummary, PlainLayout } from '../../../../ui/index.ts'
import { html } from '../../../../web/answer.ts'
import type { Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { enter } from '../../sessions/enter.ts'
import { vouchedAtReturn } from '../come-back.ts'
import { connectionTo } from '../connection.ts'
import { addressOfProvider } from '../go-to-provider.ts'
import { signOutAddress } from '../leave.ts'
import { letIn, notAdmitted } from '../let-in.ts'
import { callbackPath, findProvider, type Provider } from '../provider.ts'
import { takeVisit } from '../visit.ts'

const anyone = { may: 'public.read' } as const
/** Generous: a whole office comes from one address in the morning. Each way counts. */
const visitsPerNetwork = { name: 'provider network', count: 600, perSeconds: 900 }
const toOf = (page: Page) => page.url.searchParams.get('to') ?? ''

/** To the provider and back. To go there is a link and not a form, because our content policy lets no form lead to another site. */
export function entrancePages(web: Web): void {
  web.get('/sign-in/provider', anyone, async (page) => EntrancePage({ page, provider: await providerOf(page), to: toOf(page) }))
  web.get('/sign-in/provider/go', anyone, goThere)
  web.get(callbackPath, anyone, comeBack)
  web.get('/sign-in/provider/left', anyone, async (page) => LeftPage({ page, provider: await providerOf(page) }))
  web.get('/sign-in/provider/leave', anyone, leaveThere)
}

async function providerOf(page: Page): Promise<Provider> {
  const provider = await page.reading(findProvider)
  if (!provider) throw new NotFound('There is no single sign-on here. Sign in with your address.')
  return provider
}

async function goThere(page: Page) {
  const provider = await providerOf(page)
  await countAttempt(page.deps.database, visitsPerNetwork, page.network)
  try {
    return new Response(null, { status: 303, headers: { location: await addressOfProvider(page, provider, toOf(page)) } })
  } catch {
    return refused(page, provider, `${provider.name} does not answer as it should. Try again in a few minutes, or ask an administrator.`)
  }
}

async function comeBack(page: Page) {
  const provider = await providerOf(page)
  await countAttempt(page.deps.database, visitsPerNetwork, page.network)
  const visit = takeVisit(page)
  if (!visit) return refused(page, provider, 'This took too long, or it did not begin in this browser. Start again from here.')
  try {
    const vouched = await vouchedAtReturn(page, await connectionTo(provider, page.deps), provider, visit)
    const accountId = await page.deps.database.write(page.organization.id, (tx) => letIn(tx, vouched))
    if (!accountId) throw notAdmitted()
    const secondFactorShown = provider.trustsSecondFactor && vouched.secondFactor
    return await enter(page, accountId, { method: 'sso', secondFactorShown, shownAt: vouched.askedAt, to: visit.to })
  } catch (error) {
    // What the provider or a forger sent is not repeated on a page of ours.
    const words = error instanceof Refusal ? error.message : `What came back from ${provider.name} cannot be accepted. Start again from here.`
    return refused(page, provider, words, visit.to)
  }
}

/** A provider without a page for signing out is opened as it is. */
async function leaveThere(page: Page) {
  const provider = await providerOf(page)
  const location = await signOutAddress(page, provider).catch(() => null) ?? provider.issuer
  return new Response(null, { status: 303, headers: { location } })
}

const refused = (page: Page, provider: Provider, problem: string, to = toOf(page)) => html(EntrancePage({ page, provider, to, problem }), 422)

const EntrancePage = ({ page, provider, to, problem }: { page: Page; provider: Provider; to: string; problem?: string }) => (
  <PlainLayout page={page} title={`Sign in with ${provider.name}`}>
    <h1>Sign in with {provider.name}</h1>
    <ErrorSummary errors={problem ? { '': problem } : {}} />
    <p>You go on to {new URL(provider.issuer).host}, show there who you are, and come back here. Your password there never reaches us.</p>
    <Actions>
      <ButtonLink href={page.at(`/sign-in/provider/go?to=${encodeURIComponent(to)}`)} large>{problem ? 'Start again' : 'Go on'}</ButtonLink>
    </Actions>
    <p class="hint"><a href={page.at(`/sign-in?to=${encodeURIComponent(to)}`)}>Another way to sign in</a></p>
  </PlainLayout>
)

const LeftPage = ({ page, provider }: { page: Page; provider: Provider }) => (
  <PlainLayout page={page} title="Signed out">
    <h1>You are signed out here</h1>
    <p>At {provider.name} you may still be signed in. On a computer that others use, sign out there too.</p>
    <Actions>
      <ButtonLink href={page.at('/sign-in/provider/leave')} look="second">Sign out at {provider.name}</ButtonLink>
      <a href={page.at('/')}>To the security page</a>
    </Actions>
  </PlainLayout>
)
