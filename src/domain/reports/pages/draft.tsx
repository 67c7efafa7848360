import type { Allowance } from '../../../access/attempts.ts'
import { Invalid, NotFound } from '../../../lib/errors.ts'
import { releaseFiles, holdFiles, waitingFiles, type WaitingFile } from '../../../seal/held-files.ts'
import { Actions, Button, ErrorSummary, Field, Form, Notice, PageHead, PostButton, PublicLayout, Time } from '../../../ui/index.ts'
import { textOf, valuesOf, type Entered } from '../../../verbs/form-input.ts'
import { runVerb } from '../../../verbs/run.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { Answer, FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { at } from '../../../web/place.ts'
import { begunUntil, fileSecret, forgetBegun, keepBegun, openBegun } from '../begun.ts'
import { hasArrived } from '../find.ts'
import { KeptFiles } from './kept-files.tsx'

const anyone = { may: 'public.read' } as const
const keptPerNetwork: Allowance = { name: 'draft network', count: 600, perSeconds: 900 }
const draftCookie = 'report-draft'
const WEEK = 7 * 24 * 3600

/** What belongs to one sending of the form. */
const notKept = new Set(['attachments', 'claim_key_file', 'opened', 'proof', 'seen', 'add', 'quietly', 'apart'])

type Again = (page: Page, input: Entered, errors: FieldErrors) => Answer | Promise<Answer>

/** A report that was begun: kept while it is written or when its writer says so, found again in this browser, by its phrase or in an account. */
export function draftPages(web: Web, form: Again): void {
  web.post('/report/draft', { ...anyone, limit: keptPerNetwork, files: 'staged' }, async (page, input) => {
    await keep(page, input)
    return textOf(input, 'quietly') ? <Kept draft={await draftHere(page)} files={await filesHere(page, input)} zone={page.organization.zone} />
      : form(page, Object.fromEntries(Object.entries(input).filter(([name]) => name !== 'apart')), {})
  })
  web.get('/report/draft', anyone, (page) => <OpenPage page={page} />)
  web.post('/report/draft/open', { ...anyone, limit: keptPerNetwork }, (page, input) => goOn(page, textOf(input, 'phrase').trim()))
  web.post('/report/draft/forget', anyone, async (page) => {
    await forgetDraft(page)
    page.say('Forgotten. Nothing of your draft is left here.')
    return seeOther(page, '/report')
  })
}

async function keep(page: Page, input: Entered): Promise<void> {
  const submission = textOf(input, 'submission')
  // What a browser still had to say when the report was sent comes too late to be a draft.
  if (/^[0-9a-f-]{36}$/i.test(submission) && await page.reading((tx) => hasArrived(tx, submission))) return
  const fields = JSON.stringify(Object.fromEntries(Object.entries(input).filter(([name]) => !notKept.has(name))))
  const phrase = textOf(input, 'apart') ? '' : page.cookies.get(draftCookie) ?? ''
  const given = { fields, files: valuesOf(input, 'attachments').slice(0, 20), phrase }
  const kept = await runVerb(page.deps, keepBegun, page.actor, page.organization.id, given)
  page.cookies.set(draftCookie, kept.phrase, WEEK)
}

/** Opens the draft of this phrase in this browser, from now on. */
export async function goOn(page: Page, phrase: string): Promise<Answer> {
  try {
    await page.read(openBegun, { phrase })
    page.cookies.set(draftCookie, phrase, WEEK)
    return seeOther(page, '/report')
  } catch (error) {
    if (!(error instanceof NotFound)) throw error
    return html(<OpenPage page={page} errors={{ phrase: error.message }} />, 422)
  }
}

/** What this browser's draft holds, as it was entered; null where there is none. */
export async function begunHere(page: Page): Promise<Entered | null> {
  const phrase = page.cookies.get(draftCookie)
  if (!phrase) return null
  try {
    const { fields, files } = await page.read(openBegun, { phrase })
    return { ...JSON.parse(fields) as Entered, ...files.length > 0 && { attachments: Object.fromEntries(files.entries()) } }
  } catch (error) {
    if (error instanceof NotFound) return null
    throw error
  }
}

/** After sending, or when its writer says so. */
export async function forgetDraft(page: Page): Promise<void> {
  const phrase = page.cookies.get(draftCookie)
  if (!phrase) return
  await runVerb(page.deps, forgetBegun, page.actor, page.organization.id, { phrase })
  page.cookies.set(draftCookie, '', 0)
}

const secretHere = (page: Page): Buffer | null => {
  const phrase = page.cookies.get(draftCookie)
  return phrase ? fileSecret(phrase) : null
}

/** The files that came with what was entered and wait here. */
export const filesHere = (page: Page, input: Entered): Promise<WaitingFile[]> =>
  page.reading((tx) => waitingFiles(tx, idsIn(input), secretHere(page)))

/** Lets the verb have the draft's files; where the report is not sent after all, the draft has them again. */
export async function withDraftFiles<T>(page: Page, posted: Entered, act: () => Promise<T>): Promise<T> {
  const [ids, secret, { database }] = [idsIn(posted), secretHere(page), page.deps]
  if (ids.length === 0) return act()
  const held = (await filesHere(page, posted)).filter((file) => file.held).map(({ id }) => id)
  if (secret && held.length > 0) await database.write(page.organization.id, (tx) => releaseFiles(tx, held, secret))
  try {
    if ((await filesHere(page, posted)).length < new Set(ids).size) {
      throw new Invalid({ attachments: 'A file has waited too long and is no longer here. Choose it again, or send the report without it.' })
    }
    return await act()
  } finally {
    const until = secret && held.length > 0 && await begunUntilHere(page)
    if (until) await database.write(page.organization.id, (tx) => holdFiles(tx, held, secret, Temporal.Instant.fromEpochMilliseconds(until.getTime())))
  }
}

const idsIn = (input: Entered): string[] => valuesOf(input, 'attachments').filter((id) => /^[0-9a-f-]{36}$/i.test(id)).slice(0, 20)

export interface Draft { readonly phrase: string; readonly until: Date }

/** The draft that this browser keeps, if any. */
export async function draftHere(page: Page): Promise<Draft | null> {
  const [phrase, until] = [page.cookies.get(draftCookie), await begunUntilHere(page)]
  return phrase && until ? { phrase, until } : null
}

const begunUntilHere = async (page: Page): Promise<Date | null> => {
  const phrase = page.cookies.get(draftCookie)
  return phrase ? page.reading((tx) => begunUntil(tx, phrase)) : null
}

/** What the page puts in its places after each keeping. */
const Kept = ({ draft, files, zone }: { draft: Draft | null; files: readonly WaitingFile[]; zone: string }) => (
  <div><DraftPlace draft={draft} zone={zone} /><KeptFiles files={files} /></div>
)

interface Place { draft: Draft | null; apart?: boolean; zone: string }

/** Above the form: what is kept, how to go on elsewhere, and how to be rid of it. `apart` where the form shows something else than the draft. */
export const DraftPlace = ({ draft, apart, zone }: Place) => (
  <div id="draft">
    {draft ? (
      <Notice title={apart ? 'You have begun another report' : 'Your draft is kept'}>
        <p>Until <Time at={draft.until} zone={zone} />, in this browser. Without its phrase nobody can read it.</p>
        <details>
          <summary>Go on in another browser</summary>
          <p>Enter <code>{draft.phrase}</code> at <a href={at('/report/draft')}>this page</a>.</p>
        </details>
        <Actions>
          {apart ? <PostButton to="/report/draft/open" values={{ phrase: draft.phrase }}>Go on with that one</PostButton> : null}
          <PostButton to="/report/draft/forget" look="quiet">Forget the draft</PostButton>
        </Actions>
        <p class="hint">On a shared computer, forget it before you leave.</p>
      </Notice>
    ) : null}
  </div>
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
