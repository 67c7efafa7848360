import type { z } from 'zod'
import { countAttempt, type Allowance } from '../access/attempts.ts'
import { Conflict, Invalid, Refused, TooMany } from '../lib/errors.ts'
import { pathOf, shapeOf, takesFile } from '../verbs/fields.ts'
import { fromForm, linesIn, type Entered } from '../verbs/form-input.ts'
import { parse } from '../verbs/parse.ts'
import { runVerb, runVerbOnce } from '../verbs/run.ts'
import type { Verb } from '../verbs/verb.ts'
import { html, seeOther } from './answer.ts'
import { confirming, type Confirmation } from './confirmation.ts'
import { demandSameOrigin, demandToken } from './csrf.ts'
import type { Answer, FieldErrors, FormPage, Handler, Web } from './module.ts'
import type { TakeFile } from './multipart.ts'
import type { Page } from './page.ts'
import { readPosted } from './posted.ts'
import { stageUpload } from './upload.ts'

/** Handles a form post by its verb's declaration: refused input draws the page again, filled, with 422; success goes on with 303. */
export const formHandler = <I extends z.ZodObject, O>(verb: Verb<I, O>, how: FormPage<I, O>, confirmation?: Confirmation): Handler => async (page) =>
  page.actor.from?.tor || !how.limit || !how.keeps || await isWithin(page, how.limit)
    ? confirming(confirmation, page, await received(page, how.keeps ? undefined : how.limit, filesOf(page, verb.input)), (here, posted) =>
      submit(here, posted, verb, how))
    : tooMuch(page, how)

async function isWithin({ deps, network }: Page, limit: Allowance): Promise<boolean> {
  try {
    await countAttempt(deps.database, limit, network)
    return true
  } catch (error) {
    if (error instanceof TooMany) return false
    throw error
  }
}

/** What was typed is not lost with the refusal: the form comes back, filled. Its files are not even read. */
async function tooMuch<I extends z.ZodObject, O>(page: Page, how: FormPage<I, O>): Promise<Response> {
  const posted = await received(page, undefined, async (_field, _file, content) => {
    for await (const _chunk of content); // a part has to end before the next one is read
    return ''
  })
  return filled(page, how, posted, how.limit!.perSeconds)
}

async function filled<I extends z.ZodObject, O>(page: Page, how: FormPage<I, O>, posted: Entered, waitSeconds: number): Promise<Response> {
  const again = await how.again(page, posted, { '': muchAtOnce })
  const response = again instanceof Response ? again : await html(again, 429)
  response.headers.set('retry-after', String(waitSeconds))
  return response
}

const muchAtOnce = 'Very much is coming in, perhaps from your network, so this was not sent. Nothing that you typed is lost: wait some minutes on this page '
  + 'and send it again, or send it from another network. Choose files anew.'

async function submit<I extends z.ZodObject, O>(page: Page, posted: Entered, verb: Verb<I, O>, how: FormPage<I, O>): Promise<Answer> {
  if (typeof posted.add === 'string') return how.again(page, posted, {})   // “add another”: the form again, with one row more
  const input = { ...fromForm(verb.input, posted), ...ownParams(page, verb.input), ...how.own?.(page) }
  try {
    const act = async (): Promise<Answer> => {
      const first = await how.ask?.(page, posted, parse(verb.input, input))
      if (first) return first
      const next = await how.done(await runForm(page, verb, input, how.once), page, input as z.output<I>)
      return next instanceof Response ? next : seeOther(page, next)
    }
    return await (how.around ? how.around(page, posted, act) : act())
  } catch (error) {
    const errors = error instanceof Invalid ? atFields(posted, error.fields)
      : error instanceof Refused || error instanceof Conflict ? { '': error.message } : null
    if (error instanceof TooMany && how.keeps) return filled(page, how, posted, error.retryAfterSeconds)
    if (!errors) throw error
    const again = await how.again(page, posted, errors)
    return again instanceof Response ? again : await html(again, 422)
  }
}

/** A list whose values stand a line each in one box has its error at that box, with the line that it is about. */
function atFields(posted: Entered, errors: FieldErrors): FieldErrors {
  return Object.fromEntries(Object.entries(errors).toReversed().map(([field, sentence]) => {
    const [, name = '', n] = /^(\w+)\[(\d+)\]$/.exec(field) ?? []
    const box = posted[name]
    return typeof box === 'string' ? [name, `“${(linesIn(box)[Number(n)] ?? '').trim()}”: ${sentence}`] : [field, sentence]
  }).toReversed())
}

/** A file that is sent again gets another id, so files have no part in the question whether it is the same form. */
async function runForm<O>({ deps, actor, organization }: Page, verb: Verb<any, O>, input: Record<string, unknown>, once: string | undefined): Promise<O> {
  if (!once || !input[once]) return runVerb(deps, verb, actor, organization.id, input)
  const told = Object.fromEntries(Object.entries(input).filter(([name]) => !takesFile(shapeOf(verb.input)[name]!)))
  const { answer } = await runVerbOnce(deps, verb, actor, organization.id, input, String(input[once]), told)
  return answer
}

/** A post that is no verb. The handler answers with a page or `seeOther`. */
export const postHandler = (handler: PostHandler, { limit, files, onlyDraws }: Omit<Parameters<Web['post']>[1], 'may'>, confirmation?: Confirmation): Handler =>
  async (page) => confirming(confirmation, page, await received(page, limit, files === 'staged' ? staging(page) : files, onlyDraws), handler)

type PostHandler = Parameters<Web['post']>[2]

/** A file of text becomes the field's value, as if it had been typed. */
export const asText = (mostBytes: number): TakeFile => async (field, _file, content) => {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of content) {
    if ((size += chunk.length) > mostBytes) throw new Invalid({ [field]: `The file is larger than ${mostBytes / 1024 / 1024} MB.` })
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What is too much is refused before any of it is read. */
async function received(page: Page, limit: Allowance | undefined, takeFile?: TakeFile, tokenless = false): Promise<Entered> {
  demandSameOrigin(page.request, page.deps.publicUrl)
  if (limit && !page.actor.from?.tor) await countAttempt(page.deps.database, limit, page.network)
  return readPosted(page.request, { demandToken: (token) => { if (!tokenless) demandToken(page.cookies, token) }, ...(takeFile ? { takeFile } : {}) })
}

/** Parameters of the path that are fields of the input. */
function ownParams(page: Page, schema: z.ZodObject): Record<string, string> {
  const shape = shapeOf(schema)
  return Object.fromEntries(Object.entries(page.params).filter(([name]) => Object.hasOwn(shape, name)))
}

/** Files go to staged, sealed chunks before the verb is called; it receives their ids. */
function filesOf(page: Page, schema: z.ZodObject): TakeFile {
  return async (field, file, content) => {
    const target = shapeOf(schema)[pathOf(field)[0] ?? '']
    if (!target || !takesFile(target)) throw new Invalid({ [field]: 'This field takes no file.' })
    return staging(page)(field, file, content)
  }
}

const staging = (page: Page): TakeFile => async (_field, file, content) =>
  (await stageUpload(page.deps.database, { organizationId: page.organization.id, network: page.network, ...file }, content)).id
