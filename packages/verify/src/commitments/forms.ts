import { kindName } from './grammar.ts'
import { editDistance } from './nearest.ts'
import type { Token } from './tokens.ts'

/** One sentence of each form that the language has, for messages, help and the editor's preview. */
export const forms: readonly string[] = [
  'Every `report.received` is followed by `report.acknowledged` within 7 days.',
  'Every `report.accepted` is followed by `report.fixed` or `risk.accepted` within 90 days.',
  'For each system, `access.reviewed` happens at least every 3 months.',
  '`risk-assessment.completed` happens every calendar year.',
  '`report.fixed` happens only after `report.verified`.',
  '`legal-action.taken` never happens.',
  '`outage.started` never happens more than 3 times.',
  '`check.tls` always passes, checked at least every day.',
  'After `embargo.agreed` until `report.disclosed`, `report.leaked` never happens.',
]

/** The form most like the text, with the text's own entry kinds put in: what to write instead when the text is no rule at all. */
export function nearestForm(tokens: readonly Token[]): string {
  const said = wordsOf(tokens)
  const [best] = forms.map((form) => ({ form, distance: unlike(said, form) })).sort((a, b) => a.distance - b.distance)
  const kinds = tokens.filter(({ type, text }) => (type === 'kind' || type === 'dotted') && kindName.test(text)).map((token) => token.text)
  const isCheck = (kind: string | undefined) => kind?.startsWith('check.')
  return best!.form.replace(/`([^`]*)`/g, (quoted, own: string) => isCheck(own) && !isCheck(kinds[0]) ? quoted : `\`${kinds.shift() ?? own}\``)
}

const wordsOf = (tokens: readonly Token[]) => tokens.filter((token) => token.type === 'word').map((token) => token.text.toLowerCase())

/** How many of the form's words the text lacks, letting slips of the hand pass. */
function unlike(said: readonly string[], form: string): number {
  const words = form.replace(/`[^`]*`/g, '').toLowerCase().match(/[a-z]+/g) ?? []
  return words.filter((word) => !said.some((other) => editDistance(word, other) <= (word.length > 4 ? 2 : 0))).length / words.length
}
