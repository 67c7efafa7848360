import { parseRule, printRule } from 'avow-verify'
import { classify, type SentenceKind } from '../classify.ts'
import { speaksOf, type Practice } from '../practices/index.ts'
import { timeNear } from './times.ts'

export interface ProposedRule {
  readonly mark: string
  /** Canonical text. */
  readonly rule: string
  /** The time in it, where the sentence names none and somebody has to say whether it is meant. */
  readonly assumed?: string
}

export interface Proposal {
  readonly sentence: string
  readonly kind: SentenceKind
  readonly reason: string
  readonly rules: readonly ProposedRule[]
  /** Practices whose rules stand at another sentence. */
  readonly repeats: readonly string[]
}

/** A sentence as it stands in the page; of an item also the sentence that opens its list. */
export interface Said { readonly sentence: string; readonly under?: string | undefined }

/**
 * What each sentence is. A practice gets its rules once: at the first sentence that names its time, else at the first that speaks of it.
 */
export function propose(said: readonly Said[]): Proposal[] {
  const classified = said.map(({ sentence, under }) => classify(sentence, under))
  const places = new Map<string, number>()
  classified.forEach(({ practices }, i) => {
    for (const practice of practices) {
      const before = places.get(practice.mark)
      const better = before !== undefined && takesTime(practice) && !timeOf(practice, said[before]!.sentence) && timeOf(practice, said[i]!.sentence)
      if (before === undefined || better) places.set(practice.mark, i)
    }
  })
  return classified.map(({ kind, reason, practices }, i) => ({
    sentence: said[i]!.sentence, kind, reason,
    rules: practices.filter(({ mark }) => places.get(mark) === i).flatMap((practice) => rulesOf(practice, said[i]!.sentence)),
    repeats: practices.filter(({ mark }) => places.get(mark) !== i).map(({ mark }) => mark),
  }))
}

const slot = /\{(?:within|every)\}/
const takesTime = ({ rules }: Practice) => rules.some((rule) => slot.test(rule))
const timeOf = (practice: Practice, sentence: string) => timeNear(sentence, Math.max(0, speaksOf(practice, sentence)))

function rulesOf(practice: Practice, sentence: string): ProposedRule[] {
  const named = timeOf(practice, sentence)
  const time = named ?? practice.assumes ?? ''
  return practice.rules.map((template, i) => ({
    mark: i === 0 ? practice.mark : `${practice.mark}-${i + 1}`,
    rule: canonical(template.replace(slot, time)),
    ...(slot.test(template) && named === undefined && { assumed: time }),
  }))
}

function canonical(text: string): string {
  const parsed = parseRule(text)
  if ('errors' in parsed) throw new Error(`A practice proposes “${text}”: ${parsed.errors[0]?.message}`)
  return printRule(parsed.rule)
}
