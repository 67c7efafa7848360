import { only } from './evidence.ts'
import type { Check, Fact, Group, Mark } from './fact.ts'
import { noSource } from './source/sources.ts'

/** One line of what stands out. */
export interface Glimpse { readonly mark: Mark; readonly says: string }

const mostNamed = 4

/** What somebody sees who has five seconds: at most one line of each kind, what is not there first. What is as it should be is one line too. */
export function glanceAt(groups: readonly Group[]): Glimpse[] {
  const of = (check: Check) => groups.find((group) => group.check === check)?.facts ?? []
  const lines = [cited(of('source')), scope(of('scope')), ...known(of('known')), severity(of('severity')), evidence(of('evidence'))]
  return lines.filter((line) => line !== null).toSorted((a, b) => order.indexOf(a.mark) - order.indexOf(b.mark))
}

const order: readonly Mark[] = ['no', 'hint', 'yes', 'unchecked']

const marked = (facts: readonly Fact[], mark: Mark) => facts.filter((fact) => fact.mark === mark)
const named = (facts: readonly Fact[]) =>
  facts.slice(0, mostNamed).map(({ about }) => about).join(', ') + (facts.length > mostNamed ? ` and ${facts.length - mostNamed} more` : '')

function cited(facts: readonly Fact[]): Glimpse | null {
  const [missing, there] = [marked(facts, 'no'), marked(facts, 'yes')]
  const all = missing.length + there.length
  if (missing.length > 0 && there.length === 0) return { mark: 'no', says: `Nothing that it cites is in the source: ${named(missing)}` }
  if (missing.length > 0) return { mark: 'no', says: `${missing.length} of ${all} that it cites are not in the source: ${named(missing)}` }
  if (there.length > 0) return { mark: 'yes', says: `What it cites is in the source: ${named(there)}` }
  const unseen = marked(facts, 'unchecked').find(({ says }) => !says.endsWith(noSource))
  return unseen ? { mark: 'unchecked', says: `What it cites of the source was ${unseen.says}` } : null
}

function scope(facts: readonly Fact[]): Glimpse | null {
  const [out, inside] = [marked(facts, 'no'), marked(facts, 'yes')]
  if (out.length > 0) return { mark: 'no', says: `Out of scope: ${named(out)}` }
  if (inside.length > 0) return { mark: 'yes', says: `In scope: ${named(inside)}` }
  return marked(facts, 'hint').length > 0 ? { mark: 'hint', says: 'No address that it names is in the scope list' } : null
}

function known(facts: readonly Fact[]): Glimpse[] {
  const wrong = marked(facts, 'no')
  const open = marked(facts, 'yes').filter(({ about }) => about.startsWith('CVE-'))
  return [
    ...wrong.length > 0 ? [{ mark: 'no', says: `No such id: ${named(wrong)}` } as const] : [],
    ...open.length > 0 ? [{ mark: 'hint', says: `Speaks of what is public already: ${named(open)}` } as const] : [],
  ]
}

function severity(facts: readonly Fact[]): Glimpse | null {
  const [hints, scored, wrong] = [marked(facts, 'hint'), marked(facts, 'yes'), marked(facts, 'no')]
  if (wrong.length > 0) return { mark: 'no', says: `Not a complete CVSS vector: ${named(wrong)}` }
  if (hints.length > 0) return { mark: 'hint', says: `The CVSS vector and the text do not go together: ${named(hints)}` }
  return scored.length > 0 ? { mark: 'yes', says: `CVSS ${scored.map(({ says }) => says).join(' and ')}` } : null
}

function evidence(facts: readonly Fact[]): Glimpse | null {
  if (facts.some(({ about }) => about === only)) return { mark: 'hint', says: 'Nothing beside a scanner’s output' }
  const seen = facts.filter(({ mark, about }) => mark === 'yes' && about !== 'Version' && about !== 'Expected result')
  return seen.length > 0 ? { mark: 'yes', says: `Sent: ${named(seen).toLowerCase()}` } : { mark: 'hint', says: 'No steps, no proof of concept, no file' }
}
