import { files, type Member, type Marks, type Redaction } from './marks.ts'

/** Something that was sealed in one place and can be read in another. */
export interface StillOpen {
  readonly passage: string
  /** Where it was marked, and where it stands open: names of texts, or `words` for the publisher’s own, `messages`, `files`. */
  readonly sealedIn: string
  readonly openIn: readonly string[]
}

/** Shorter ones stand in every other sentence. */
const shortest = 4

/** A token that is sealed in the description is often in the steps, too. Compared without regard to case. */
export function stillOpen(members: readonly Member[], { passages }: Marks, redaction: Redaction, others: Readonly<Record<string, string>>): StillOpen[] {
  const shown = Object.entries({
    ...Object.fromEntries(redaction.members.map(({ of, lines }) => [of, (lines ?? []).map(({ text }) => text).join('')])),
    [files]: redaction.files.map(({ name }) => name).join('\n'), ...others,
  }).map(([of, text]) => [of, text.toLowerCase()] as const)
  const marked = members.flatMap(({ of, text }) => (passages[of] ?? []).map(([from, to]) => ({ of, passage: text.slice(from, to).trim() })))
  return distinct(marked).filter(({ passage }) => passage.length >= shortest).flatMap(({ of, passage }) => {
    const openIn = shown.filter(([, text]) => text.includes(passage.toLowerCase())).map(([name]) => name)
    return openIn.length > 0 ? [{ passage, sealedIn: of, openIn }] : []
  })
}

const distinct = <T extends { passage: string }>(all: readonly T[]): T[] => [...new Map(all.map((one) => [one.passage, one])).values()]
