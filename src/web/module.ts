import type { HtmlEscapedString } from 'hono/utils/html'
import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Allowance } from '../access/attempts.ts'
import type { Permission } from '../access/roles.ts'
import type { Database } from '../db/database.ts'
import type { Entered } from '../verbs/form-input.ts'
import type { Operations } from '../verbs/registry.ts'
import type { Verb } from '../verbs/verb.ts'
import type { Confirmation } from './confirmation.ts'
import type { Cookies } from './cookies.ts'
import type { TakeFile } from './multipart.ts'
import type { Page } from './page.ts'

/** One part of the application: what can be done, what can be read, and its pages. `app.ts` lists them all. */
export interface Module extends Operations {
  pages?(web: Web): void
  /** A way in of the module's own: who this browser is to it, if anybody (the reporter who gave a tracking phrase). */
  recognise?(database: Database, organizationId: string, cookies: Cookies): Promise<Actor | null>
  /** The same for a program that sends `Authorization: Phrase …`. */
  holderOf?(database: Database, organizationId: string, phrase: string): Promise<Actor | null>
  /** How somebody shows once more that it is they, before what is dangerous. */
  readonly confirmation?: Confirmation
}

/** What a handler answers: a page, or a response of its own making (a download, a feed). */
export type Answer = HtmlEscapedString | Promise<HtmlEscapedString> | Response
export type Handler = (page: Page) => Answer | Promise<Answer>

/** A sentence per field that cannot be accepted, by the field's name in the form; '' is the form as a whole. */
export type FieldErrors = Readonly<Record<string, string>>

export interface FormPage<I extends z.ZodObject, O> {
  /** `POST /desk/reports/:report/acknowledgement`. Parameters of the path are fields of the input and win over the body's. */
  readonly at: `POST /${string}`
  /** How often one network may send it. Nobody who comes through Tor is counted: they all come from one address. */
  readonly limit?: Allowance
  /** Runs the verb at once, or when it is its turn; `TooMany` where that would take too long. */
  around?<T>(page: Page, posted: Entered, act: () => Promise<T>): Promise<T>
  /**
   * What its sender should see before it is done, once what they entered can be accepted; null where there is nothing, or they have seen it. The
   * page that it answers carries what was entered and sends it to the same address.
   */
  ask?(page: Page, posted: Entered, input: z.output<I>): Promise<Answer | null>
  /** What is beyond the limit is not lost: the form comes back with 429, filled, its files aside. */
  readonly keeps?: true
  /** Fields that the visitor's session decides, not the form: they win over both. */
  own?(page: Page): Readonly<Record<string, unknown>>
  /** The field that names this very form: sent twice (a double click, a reload) it happens once, and the second answer is the first one's. */
  readonly once?: keyof z.output<I> & string
  /** The page with the form, filled with what was entered, and a sentence at each field that is wrong. */
  again(page: Page, input: Entered, errors: FieldErrors): Answer | Promise<Answer>
  /** Where to go when it is done: a path inside the organisation. */
  done(result: O, page: Page, input: z.output<I>): string | Response | Promise<string | Response>
}

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** Where a module mounts its pages. Every route names the permission that it takes. */
export interface Web {
  get(path: string, rule: { may: Permission }, handler: Handler): void
  form<I extends z.ZodObject, O>(verb: Verb<I, O>, how: FormPage<I, O>): void
  /** A post by a program that proves itself by what it sends, a signature for instance. No cookie counts, so it needs no token. */
  receive(path: string, rule: { may: Permission }, handler: Handler): void
  /** A protocol of its own between programs, with all its methods. The handler asks itself who calls, and answers refusals in the protocol's words. */
  protocol(method: Method, path: string, handler: Handler): void
  /**
   * A post that is no verb: it belongs to no organisation (signing in), changes only the visitor's own cookies, or only draws. `files` takes
   * what is sent along; `staged` has it wait for a verb, as with a form that comes back. `onlyDraws`: nothing comes of it but a page, so a form of ours
   * that could carry no token is taken too.
   */
  post(path: string, rule: { may: Permission; limit?: Allowance; files?: TakeFile | 'staged'; onlyDraws?: true },
    handler: (page: Page, input: Entered) => Answer | Promise<Answer>): void
}
