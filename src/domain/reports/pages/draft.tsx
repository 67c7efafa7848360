import type { Allowance } from '../../../access/attempts.ts'
import { NotFound } from '../../../lib/errors.ts'
import { Actions, Button, ErrorSummary, Field, Form, Notice, PageHead, PostButton, PublicLayout, Time } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { runVerb } from '../../../verbs/run.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { Answer, FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { begunUntil, forgetBegun, keepBegun, openBegun } from '../begun.ts'

const anyone = { may: 'public.read' } as const
const keptPerNetwork: Allowance = { name: 'draft network', count: 600, perSeconds: 900 }
const draftCookie = 'report-draft'
const WEEK = 7 * 24 * 3600

/** What belongs to one sending of the form, or waits here for an hour alone. */
const notKept = new Set(['attachments', 'opened', 'proof', 'good_faith', 'seen', 'add', 'quietly'])

type Again = (page: Page, input: Entered, errors: FieldErrors) => Answer | Promise<Answer>

/** A report that was begun: kept when its writer says so, in this browser or by its phrase, and forgotten when they say so. */
export function draftPages(web: Web, form: Again): void {
  web.post('/report/draft', { ...anyone, limit: keptPerNetwork, files: 'staged' }, async (page, input) => {
    await keep(page, input)
    return textOf(input, 'quietly') ? new Response(null, { status: 204 }) : form(page, input, {})
  })
  web.get('/report/draft', anyone, (page) => <OpenPage page={page} />)
  web.post('/report/draft/open', { ...anyone, limit: keptPerNetwork }, (page, input) => goOn(page, input, form))
  web.post('/report/draft/forget', anyone, async (page) => {
    await forgetDraft(page)
    page.say('Forgotten. Nothing of your draft is left here.')
    return seeOther(page, '/report')
  })
}

async function keep(page: Page, input: Entered): Promise<void> {
  const fields = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([name]) => !notKept.has(name))))
  const { phrase } = await runVerb(page.deps, keepBegun, page.actor, page.organization.id, { fields, phrase: page.cookies.get(draftCookie) ?? '' })
  page.cookies.set(draftCookie, phrase, WEEK)
}

async function goOn(page: Page, input: Entered, form: Again): Promise<Answer> {
  const phrase = textOf(input, 'phrase').trim() || (page.cookies.get(draftCookie) ?? '')
  try {
    const { fields } = await page.read(openBegun, { phrase })
    page.cookies.set(draftCookie, phrase, WEEK)
    return await form(page, JSON.parse(fields) as Entered, {})
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return html(<OpenPage page={page} errors={{ phrase: error.message }} />, 422)
  }
}

/** After sending, or when its writer says so. */
export async function forgetDraft(page: Page): Promise<void> {
  const phrase = page.cookies.get(draftCookie)
  if (!phrase) return
  await runVerb(page.deps, forgetBegun, page.actor, page.organization.id, { phrase })
  page.cookies.set(draftCookie, '', 0)
}

export interface Draft { readonly phrase: string; readonly until: Date }

/** The draft that this browser keeps, if any. */
export async function draftHere(page: Page): Promise<Draft | null> {
  const phrase = page.cookies.get(draftCookie)
  const until = phrase ? await page.reading((tx) => begunUntil(tx, phrase)) : null
  return phrase && until ? { phrase, until } : null
}

/** Above the form: what is kept, how to go on elsewhere, and how to be rid of it. `fresh` where the form does not show it yet. */
export const DraftNotice = ({ draft, fresh, zone }: { draft: Draft; fresh: boolean; zone: string }) => (
  <Notice title={fresh ? 'You have begun a report' : 'Your draft is kept'}>
    <p>Until <Time at={draft.until} zone={zone} />, in this browser, without its files. Without its phrase nobody can read it, and neither can we.</p>
    <details>
      <summary>Go on in another browser</summary>
      <p>Enter <code>{draft.phrase}</code> at <a href={at('/report/draft')}>this page</a>.</p>
    </details>
    <Actions>
      {fresh ? <PostButton to="/report/draft/open">Go on with it</PostButton> : null}
      <PostButton to="/report/draft/forget" look="quiet">Forget the draft</PostButton>
    </Actions>
    <p class="hint">On a shared computer, forget it before you leave.</p>
  </Notice>
)

const OpenPage = ({ page, errors = {} }: { page: Page; errors?: FieldErrors }) => (
  <PublicLayout page={page} title="Go on with a draft">
    <PageHead title="Go on with a draft" lead="Enter the phrase that stood with it." />
    <ErrorSummary errors={errors} />
    <Form to="/report/draft/open">
      <Field name="phrase" label="Phrase of the draft" error={errors['phrase']} autocomplete="off" hint="Six words with dashes." />
      <Button>Open the draft</Button>
    </Form>
  </PublicLayout>
)
