import { decidingKinds, examples, inWords, nearestKind, unknownKinds, type Calendar } from 'avow-verify'
import { classify } from './classify.ts'
import { readPolicy, type Commitment, type PolicyDocument, type Problem } from './policy-text.ts'

/** What one promised sentence will mean. */
export interface CheckedPromise {
  readonly mark: string
  readonly line: number
  readonly sentence: string
  /** The rule's canonical text, and the same in plain words. */
  readonly rule: string
  readonly words: string
  readonly owner?: string
  /** The dates it would give, as sentences. */
  readonly examples: readonly string[]
  /** It can be published so, but will probably not do what is meant. */
  readonly warnings: readonly string[]
}

export interface SentenceAt { readonly line: number; readonly text: string }

export interface Check {
  readonly title: string | null
  readonly promises: readonly CheckedPromise[]
  readonly requests: readonly SentenceAt[]
  readonly permissions: readonly SentenceAt[]
  /** Sentences that read like promises and carry no mark. */
  readonly unmarked: readonly SentenceAt[]
  readonly problems: readonly Problem[]
}

export interface CheckedAgainst {
  /** Entry kinds that there are; another one is perhaps a slip of the hand. */
  readonly known: ReadonlySet<string>
  /** Those of them that something feeds. */
  readonly fed: ReadonlySet<string>
  readonly calendar: Calendar
  /** When the examples begin, in milliseconds. */
  readonly from: number
}

/** Says of every sentence of a policy what it will mean. Needs no database. */
export function checkPolicy(text: string, against: CheckedAgainst): Check {
  const document = readPolicy(text)
  const others = unmarkedOf(document)
  return {
    title: document.title ?? null,
    promises: document.commitments.map((commitment) => checkPromise(commitment, against)),
    requests: others.request,
    permissions: others.permission,
    unmarked: others.promise,
    problems: document.problems,
  }
}

function checkPromise({ mark, line, sentence, rule, text, mentions }: Commitment, { known, fed, calendar, from }: CheckedAgainst): CheckedPromise {
  const misspelt = unknownKinds(mentions.filter(({ kind }) => nearestKind(kind, known) !== undefined), known)
  const unfed = decidingKinds(rule).filter((group) => !group.some((kind) => fed.has(kind)))
  return {
    mark, line, sentence, rule: text, words: inWords(rule), ...(rule.owner !== undefined && { owner: rule.owner }),
    examples: examples(rule, { from, calendar }).map((example) => example.sentence),
    warnings: [
      ...misspelt.map((warning) => warning.message),
      ...unfed.map((group) => `Unproven: nothing feeds ${group.map((kind) => `\`${kind}\``).join(' or ')} yet.`),
    ],
  }
}

function unmarkedOf({ sentences }: PolicyDocument) {
  const found = { promise: [] as SentenceAt[], request: [] as SentenceAt[], permission: [] as SentenceAt[], statement: [] as SentenceAt[] }
  for (const { text, line, marks, inHeading, under } of sentences) if (marks.length === 0 && !inHeading) found[classify(text, under).kind].push({ line, text })
  return found
}
