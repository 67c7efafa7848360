import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Actor } from '../../src/access/actor.ts'
import { modules } from '../../src/app.ts'
import { submitReport } from '../../src/domain/reports/submit-report.ts'
import { sequenceAll } from '../../src/ledger/index.ts'
import { Refusal } from '../../src/lib/errors.ts'
import { enclosureOf, listMails, type Mail } from '../../src/mail/index.ts'
import { exampleOf, type Schema } from '../../src/web/api/example.ts'
import { inputSchema } from '../../src/web/api/openapi.ts'
import { createWeb } from '../../src/web/server.ts'
import type { Verb } from '../../src/verbs/verb.ts'
import { belongings } from '../support/belongings.ts'
import { operations } from '../support/routes.ts'
import { member } from '../support/visitors.ts'
import { world, type World } from '../support/world.ts'
import { listed, sources } from './source.ts'

/** In every field that takes a text of one's own. It may be in no mail. */
const canary = 'zebrafinch'

describe('letters', () => {
  let w: World
  let mails: Mail[]
  let ids: Record<string, string>
  before(async () => {
    w = await world()
    const place = { app: createWeb({ database: w.database, modules, operations, log: { error() {} } }), database: w.database, slug: w.organization.slug }
    ids = await belongings(w, place, canary)
    for (const roles of [['admin'], ['triager'], ['deputy'], ['auditor']] as const) await member(place, w.organization.id, roles)
    await everyVerb(await member(place, w.organization.id, ['admin']).then(({ account }) => account!))
    mails = await w.read((tx) => listMails(tx, 100_000))
  })
  after(() => w.close())

  /** Every verb there is, with the canary in every field, by whoever may: on a report that is new, and on one that all verbs before have been tried on. */
  async function everyVerb(accountId: string): Promise<void> {
    const admin: Actor = { kind: 'member', accountId, personName: 'Grace Okoro', roles: ['admin', 'triager', 'deputy', 'member'], confirmed: true }
    // All of them first: some verbs close the door to new ones.
    const fresh: string[] = []
    for (const _ of [...operations.verbs, 'seasoned']) fresh.push(await newReport())
    for (const [i, verb] of operations.verbs.entries()) {
      for (const report of [fresh[i]!, fresh.at(-1)!]) {
        for (const actor of [admin, { kind: 'reporter', reportId: report }, { kind: 'nobody' }] as Actor[]) {
          w.clock.advance({ minutes: 1 })
          await w.as(actor).run(verb, inputOf(verb, { ...ids, report })).catch(unlessBroken)
        }
      }
    }
  }

  const newReport = async () => (await w.as('nobody').run(submitReport, {
    title: canary, description: canary, steps: canary, impact: canary, proof_of_concept: canary, name: canary, email: 'ada@researcher.example',
    claim_key: canary, skipped: canary, tools: [{ name: canary, version: canary, output: canary }], good_faith: true,
  })).report

  it('hold nothing that somebody wrote', () => {
    assert.ok(mails.length > 20)
    const found = mails.filter(({ subject, body }) => `${subject}\n${body}`.includes(canary)).map(({ subject }) => subject)
    assert.deepEqual(found, [], listed([...new Set(found)]))
  })

  it('enclose nothing of it in clear', async () => {
    await sequenceAll(w.database, w.organization.id)
    const enclosing = mails.filter((mail) => mail.enclosing !== null)
    assert.ok(enclosing.length > 2)
    for (const mail of enclosing) {
      const { files = [] } = await enclosureOf({ database: w.database, organizationId: w.organization.id, base: 'https://avow.example' }, mail)
      assert.ok(files.every(({ content, filename }) => !content.includes(canary) && !filename.includes(canary)), mail.subject)
    }
  })

  it('that tell of a report are among them, each', () => {
    const told = new Set(mails.map(({ subject }) => subject.replace(/^R-\w{4}-\w{4}: /, '')))
    for (const happened of ['a new report arrived', 'it was read', 'the team has a question', 'the team wrote to you', 'the reporter wrote',
      'confirm this address']) {
      assert.ok(told.has(happened), happened)
    }
  })

  it('say nothing that could be somebody’s words, whoever writes them: what varies in a letter is one of these', () => {
    const writing = /\bpost\(tx|\bLetter\b|\bhappened:|\btell(Reporter|Team)\(|\baskForApproval\(/
    const found = sources('src/**/*.{ts,tsx}')
      .filter(({ path, text }) => !path.includes('.test.') && path !== 'src/mail/letter.ts' && writing.test(text))
      .flatMap(({ path, text }) => insertsOf(text).filter((insert) => !isHarmless(insert)).map((insert) => `${path}: \${${insert}}`))
    assert.deepEqual(found, [], listed(found))
  })
})

/**
 * Ids, tokens, dates, numbers, words of ours, and names that are public. Before anything joins them: can a person have typed it? Then it
 * belongs on the page that the letter links to.
 */
const harmless = new Set([
  'report.reference', 'reference', 'report.id', 'path', 'refusePath', 'token', 'slug', 'await newReportLink(tx, report.id)',
  'from', 'until', 'invitationDays', 'endAfterDays', 'graceDays', 'people', 'id', 'version', 'draft.version', 'version.title', 'letter(slug, version)', 'end',
  // Words of ours, written where the letter is asked for: those places are looked at too.
  'happened', 'open', 'arrived', 'subject', 'text', 'what', 'reason', 'sentences[kind]',
  // Of a colleague, to the team.
  'name',
])

const choice = /^[^?`]+\? ('[^']*'|`[^`]*`) : ('[^']*'|`[^`]*`)$/

/** One of two wordings is ours where both are. */
const isHarmless = (insert: string): boolean =>
  harmless.has(insert) || choice.test(insert) && templatesIn(insert).every(({ inserts }) => inserts.every(isHarmless))

/** What is inserted into the templates of a source that make a subject, hold a link or have paragraphs. */
function insertsOf(text: string): string[] {
  return templatesIn(text).filter(({ before, whole }) => whole.includes('{link:') || whole.includes('\n\n') || wording.test(before))
    .flatMap(({ inserts }) => inserts)
}

/** What stands before words that end in a letter. */
const wording = /(?<!Invalid\(\{ )\b(subject|text|happened): $|\b(tell(Reporter|Team)\(tx, [\w.]+|askForApproval\(tx), $/

interface Template { readonly before: string; readonly whole: string; readonly inserts: readonly string[] }

/** Template literals, outermost first; what is inserted is kept as it is written, with what is nested in it. */
function templatesIn(text: string): Template[] {
  const found: Template[] = []
  for (let at = text.indexOf('`'); at >= 0; at = text.indexOf('`', at + 1)) {
    const inserts: string[] = []
    const from = at
    for (at += 1; at < text.length && text[at] !== '`'; at++) {
      if (text[at] === '\\') at++
      else if (text.startsWith('${', at)) {
        const end = closing(text, at + 2)
        inserts.push(text.slice(at + 2, end).replaceAll(/\s+/g, ' ').trim())
        at = end
      }
    }
    found.push({ before: text.slice(Math.max(0, from - 60), from), whole: text.slice(from, at + 1), inserts })
  }
  return found
}

/** Where the brace that stands open at `at` is closed. */
function closing(text: string, at: number): number {
  for (let depth = 1; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return at
}

/** A refusal is an answer. Anything else is a fault, and not this test's to find. */
function unlessBroken(error: unknown): void {
  if (!(error instanceof Refusal) && process.env['DEBUG']) console.error(error)
}

function inputOf(verb: Verb, known: Readonly<Record<string, string>>): unknown {
  return filledIn(inputSchema(verb.input), known)
}

/** Every field, also what may be left out: an id that exists where one is called so, and the canary wherever a text may stand. */
function filledIn(schema: Schema, known: Readonly<Record<string, string>>, name = ''): unknown {
  if (known[name] !== undefined && !schema.enum) return known[name]
  if (schema.anyOf) return filledIn(schema.anyOf.find((one) => one.type === 'string' && !one.enum && one.const === undefined) ?? schema.anyOf[0]!, known, name)
  if (schema.type === 'object') {
    return Object.fromEntries(Object.entries(schema.properties ?? {}).map(([field, of]) => [field, filledIn(of, known, field)]))
  }
  if (schema.type === 'array') return schema.items && !schema.items.format ? [filledIn(schema.items, known, name)] : []
  const isText = schema.type === 'string' && !schema.enum && schema.const === undefined && !schema.format && !('pattern' in schema)
  return isText ? canary : exampleOf({ ...schema, default: undefined }, name)
}
