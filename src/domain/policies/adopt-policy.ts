import { inWords, parseRule, printRule } from 'avow-verify'
import { z } from 'zod'
import { Invalid } from '../../lib/errors.ts'
import { query, verb } from '../../verbs/verb.ts'
import { draftPolicy, PolicyBody, Slug } from './draft-policy.ts'
import { readPolicyPage, withRules, type MarkedRule } from './import/import-policy.ts'
import type { Proposal } from './import/propose.ts'
import { formatOf } from './import/read-page.ts'
import { readPolicy } from './policy-text.ts'

const kinds = ['promise', 'request', 'permission', 'statement'] as const
const longestPage = 1_000_000

/** What a page seems to say, sentence by sentence. Nothing is fetched: the text is given. */
export const proposePolicy = query({
  name: 'policy.propose',
  summary: 'Read the text of an existing page and propose, sentence by sentence, promise, request or permission, and the rules of a promise.',
  may: 'policies.write',
  input: z.object({ text: z.string().min(1, 'Paste the text of the page.').max(longestPage).describe('The page: HTML, Markdown or plain text') }),
  async run(_, { text }) {
    const page = readPolicyPage(text, formatOf('', text))
    return { text: page.text, title: readPolicy(page.text).title ?? null, sentences: page.proposals.map(asProposed) }
  },
})

export type ProposedSentence = ReturnType<typeof asProposed>

const asProposed = ({ sentence, kind, reason, rules, repeats }: Proposal) =>
  ({ sentence, kind, reason, repeats, rules: rules.map((rule) => ({ ...rule, words: inWords(ruleOf(rule.rule)) })) })

const Rule = z.object({
  mark: z.string().trim().regex(/^[a-z0-9][a-z0-9-]{0,63}$/, 'A mark is made of lower-case letters, digits and hyphens.'),
  rule: z.string().trim().max(2000).describe('The rule; empty: none after all'),
  confirmed: z.boolean().default(false).describe('That a time is meant which the sentence does not name'),
})
type Sentence = { kind: (typeof kinds)[number]; rules: z.output<typeof Rule>[] }

/** Every sentence is told what it is by a person: what was proposed and only guessed has to be confirmed or changed. */
export const adoptPolicy = verb({
  name: 'policy.adopt',
  summary: 'Draft a policy from the text of an existing page, its words kept, with the rules that its sentences were given.',
  may: 'policies.write',
  input: z.object({
    policy: Slug,
    text: PolicyBody.describe('The page in Markdown, as policy.propose answers it'),
    title: z.string().trim().max(200).regex(/^[^\n]*$/).default('').describe('Where the text has no heading of its own'),
    sentences: z.array(z.object({ kind: z.enum(kinds), rules: z.array(Rule).default([]) })).max(1000).describe('One for each sentence, in its order'),
  }),
  entries: [],
  async run(work, { policy, text, title, sentences }) {
    const page = readPolicyPage(text, 'markdown')
    const untitled = readPolicy(text).title === undefined
    const wrong = { ...untitled && title === '' && { title: 'Give it a title.' }, ...mistakes(page.proposals, sentences) }
    if (Object.keys(wrong).length > 0) throw new Invalid(wrong)
    const body = `${untitled ? `# ${title}\n\n` : ''}${withRules(page, sentences.map(kept))}`
    return draftPolicy.run(work, { policy, text: body, summary: '', significant: false, governs_reports: undefined })
  },
})

/** What is no promise has no rule. */
const kept = ({ kind, rules }: Sentence): MarkedRule[] => kind !== 'promise' ? [] : rules.filter(({ rule }) => rule !== '')
  .map(({ mark, rule }) => ({ mark, rule: printRule(ruleOf(rule)) }))

function mistakes(proposals: readonly Proposal[], sentences: readonly Sentence[]): Record<string, string> {
  if (proposals.length !== sentences.length) return { sentences: `The text has ${proposals.length} sentences, and ${sentences.length} were judged.` }
  const wrong: Record<string, string> = {}
  const marks = new Set<string>()
  for (const [i, { kind, rules }] of sentences.entries()) {
    if (kind !== 'promise') continue
    for (const [j, { mark, rule, confirmed }] of rules.entries()) {
      if (rule === '') continue
      const at = `sentences[${i}][rules][${j}]`
      const parsed = parseRule(rule)
      const guess = proposals[i]!.rules.find((proposed) => proposed.mark === mark && proposed.rule === rule)?.assumed
      if ('errors' in parsed) wrong[`${at}[rule]`] = mendable(parsed.errors[0]!)
      else if (guess !== undefined && !confirmed) wrong[`${at}[confirmed]`] = `“${mark}”: confirm that ${guess} is meant, or change the rule.`
      if (marks.has(mark)) wrong[`${at}[mark]`] = `Another promise has the mark “${mark}”: each has one of its own.`
      marks.add(mark)
    }
  }
  return wrong
}

const mendable = ({ column, message, nearest }: { column: number; message: string; nearest?: string }) =>
  `At character ${column}: ${message}${nearest === undefined ? '' : ` Write: ${nearest}`}`

function ruleOf(text: string) {
  const parsed = parseRule(text)
  if ('errors' in parsed) throw new Error(`This was no rule: ${text}`)
  return parsed.rule
}
