import type { Actor } from '../access/actor.ts'
import { Conflict, ConfirmationNeeded, Invalid, Refused, TooMany } from '../lib/errors.ts'
import type { Entered } from '../verbs/form-input.ts'
import { html } from './answer.ts'
import type { Answer, Module } from './module.ts'
import type { Page } from './page.ts'

/** The field under which a form carries what was shown once more. No operation has a field of this name. */
export const stepUpField = 'step_up'

/** Where the form leads that asks for it, and what it takes along. */
export interface Interrupted { readonly to: string; readonly entered: Entered; readonly error?: string }

/** How somebody shows once more that it is they, before what is dangerous. One module has it. */
export interface Confirmation {
  /** Checks what the fields of the page carry. The answer is the same person, confirmed. Throws `Invalid` or `Refused`. */
  show(page: Page, given: Entered): Promise<Actor>
  /** Asks for it. The page carries everything that was entered and sends it to the same address again, so that one submit confirms and does it. */
  page(page: Page, interrupted: Interrupted): Answer | Promise<Answer>
}

type Act = (page: Page, posted: Entered) => Answer | Promise<Answer>

/** Does what was posted; where that takes a confirmation, it is asked for first, and nothing that was entered is lost. */
export async function confirming(confirmation: Confirmation | undefined, page: Page, posted: Entered, act: Act): Promise<Answer> {
  if (!confirmation) return act(page, posted)
  const given = posted[stepUpField]
  delete posted[stepUpField]
  const to = page.path + page.url.search
  const ask = (status: number, error?: string) => drawn(confirmation.page(page, { to, entered: posted, ...error ? { error } : {} }), status)
  if (given === undefined) return askWhereNeeded(() => act(page, posted), () => ask(403))
  const shown = await whatIsWrong(() => confirmation.show(page, typeof given === 'object' ? given : {}))
  return 'error' in shown ? ask(422, shown.error) : act(page.as(shown.actor), posted)
}

/** The same for a page that is only read: the form leads to `to`, which comes back to it. */
export const confirmingRead = (confirmation: Confirmation | undefined, page: Page, to: string, read: () => Answer | Promise<Answer>): Promise<Answer> =>
  askWhereNeeded(read, confirmation && (() => drawn(confirmation.page(page, { to, entered: { to: page.path + page.url.search } }), 403)))

export const confirmationOf = (modules: readonly Module[]): Confirmation | undefined => modules.find((module) => module.confirmation)?.confirmation

async function askWhereNeeded(act: () => Answer | Promise<Answer>, ask: (() => Promise<Answer>) | undefined): Promise<Answer> {
  try { return await act() } catch (error) {
    if (!ask || !(error instanceof ConfirmationNeeded)) throw error
    return ask()
  }
}

async function whatIsWrong(show: () => Promise<Actor>): Promise<{ actor: Actor } | { error: string }> {
  try { return { actor: await show() } } catch (error) {
    if (error instanceof Invalid) return { error: Object.values(error.fields).join(' ') }
    if (error instanceof Refused || error instanceof Conflict || error instanceof TooMany) return { error: error.message }
    throw error
  }
}

async function drawn(page: Answer | Promise<Answer>, status: number): Promise<Response> {
  const answer = await page
  return answer instanceof Response ? answer : html(answer, status)
}
