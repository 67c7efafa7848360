import { readFileSync } from 'node:fs'
import { agreementSigned, confidentialitySigned } from '../systems/index.ts'
import { readTitled, textsOf, type Problem, type Text } from '../texts/index.ts'
import type { AgreementRow, AgreementVersionRow } from './tables.ts'

export const agreementTexts = textsOf<'agreement', AgreementRow, AgreementVersionRow, {}>({
  noun: 'agreement', like: 'confidentiality', facts: {},
  published: 'A version of an agreement is there to be signed.',
  withdrawn: 'Nobody is asked to sign the agreement any more. What was signed stays signed.',
})

/** An agreement as its newest version says. */
export type Agreement = Text<AgreementRow, AgreementVersionRow>

/** What signing the agreement is to the promises. */
export const signedKind = ({ confidentiality }: { confidentiality: boolean }): typeof confidentialitySigned =>
  confidentiality ? confidentialitySigned : agreementSigned
export const signing = ['nda.signed', 'agreement.signed'] as const

/** The one that comes with Avow: an example in our own words, with gaps to fill. */
export const exampleText = (): string => readFileSync(new URL('../../../agreements/confidentiality.md', import.meta.url), 'utf8')

/** The title of an agreement, and what keeps it from being asked of anybody. */
export function readAgreement(text: string): { title: string; problems: readonly Problem[] } {
  const { title, problems } = readTitled(text, { noun: 'agreement', like: 'Confidentiality agreement' })
  const gaps = text.split('\n').flatMap((line, i) =>
    [...line.matchAll(/\[fill in: ([^\]]*)/g)].map((gap) => ({ line: i + 1, message: `Still to be filled in: ${gap[1]}.` })))
  return { title, problems: [...problems, ...gaps] }
}
