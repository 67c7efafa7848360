/**
 * Something that security policies promise, and the rules that would measure it. A sentence speaks of it when a cue matches.
 * In the rules, `{within}` and `{every}` stand for the time that the sentence names; where it names none, for the one assumed here,
 * to be confirmed. The time is looked for near the cue.
 */
export interface Practice {
  /** The footnote's mark, and what the practice is called. */
  readonly mark: string
  readonly cues: readonly RegExp[]
  /** A sentence that also matches one of these is about something else. */
  readonly unless?: readonly RegExp[]
  readonly rules: readonly string[]
  readonly assumes?: string
}

/** Where in the sentence the practice is spoken of; -1 where it is not. */
export function speaksOf(practice: Practice, sentence: string): number {
  if (practice.unless?.some((other) => other.test(sentence))) return -1
  for (const cue of practice.cues) {
    const at = sentence.search(cue)
    if (at >= 0) return at
  }
  return -1
}

/** A cue: the one and, at most so many characters on, the other, as whole words in any case. */
export const near = (one: RegExp, most: number, other: RegExp): RegExp => new RegExp(`\\b(?:${one.source})\\b.{0,${most}}\\b(?:${other.source})\\b`, 'i')
