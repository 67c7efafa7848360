import type { Fact, Group } from './fact.ts'

/** What scoring a vector gives; null where it is not a complete one. */
export interface Scored { readonly score: number; readonly rating: string }
type Score = (vector: string) => Scored | null

const vectorPattern = /\bCVSS:(?:3\.1|4\.0|3\.0)(?:\/[A-Z]{1,3}:[A-Z][a-z]*){1,40}/g
const most = 5

export const vectorsIn = (text: string): string[] => [...new Set([...text.matchAll(vectorPattern)].map(([found]) => found))].slice(0, most)

/** A score beside the word CVSS or “score”, up to ten: “CVSS 9.8”, “base score: 7.5”, “9.8 (critical)”. */
const claimPatterns = [
  /\b(?:cvss(?: ?v?[34](?:\.[01])?)?(?: base)?(?: score)?|base score|score)[\s:=(of]{1,5}(10(?:\.0)?|\d\.\d)\b(?!\.\d)/giu,
  /\b(10\.0|\d\.\d) ?\((?:critical|high|medium|low)\)/giu,
]

/** Of the standard itself, which is no score. */
const versionPattern = /^cvss\W+v?(?:3\.0|3\.1|4\.0)$/iu

export function scoresIn(text: string): number[] {
  const prose = text.replace(vectorPattern, ' ')
  const found = claimPatterns.flatMap((pattern) => [...prose.matchAll(pattern)]).filter(([whole]) => !versionPattern.test(whole))
  return [...new Set(found.map(([, score]) => Number(score)))].slice(0, most)
}

export interface Claims { readonly vectors: readonly string[]; readonly scores: readonly number[]; readonly text: string }

/** Vectors scored anew, beside what was claimed and what the text says. A contradiction is a hint: people write loosely. */
export function checkSeverity({ vectors, scores, text }: Claims, score: Score): Group {
  const all = vectors.map((vector) => [vector, score(vector)] as const)
  const facts = all.flatMap(([vector, scored]) => [scoredFact(vector, scored), ...contradictions(vector, text)])
  const computed = all.flatMap(([, scored]) => (scored ? [scored.score] : []))
  return { check: 'severity', against: 'CVSS 3.1 and 4.0, computed here', facts: [...facts, ...claimed(scores, computed)] }
}

function scoredFact(vector: string, scored: Scored | null): Fact {
  if (vector.startsWith('CVSS:3.0/')) return { about: vector, mark: 'unchecked', says: 'CVSS 3.0 is not computed here; 3.1 took its place' }
  if (!scored) return { about: vector, mark: 'no', says: 'not a complete vector' }
  return { about: vector, mark: 'yes', says: `${scored.score.toFixed(1)}, ${scored.rating}` }
}

function claimed(scores: readonly number[], computed: readonly number[]): Fact[] {
  return scores.filter((one) => !computed.includes(one)).map((one) => ({
    about: one.toFixed(1),
    ...computed.length > 0
      ? { mark: 'hint', says: `claimed, while the vector gives ${computed.map((score) => score.toFixed(1)).join(' and ')}` }
      : { mark: 'unchecked', says: 'claimed without a vector, so that nothing can be computed' },
  }))
}

type Metrics = Readonly<Record<string, string>>
type Rule = readonly [holds: (metrics: Metrics) => boolean, texts: readonly RegExp[], says: string]

/** English words alone: in another language nothing is found, and nothing is said. */
const rules: readonly Rule[] = [
  [({ PR }) => PR === 'N',
    [/\b(?:logged[ -]in|signed[ -]in|authenticated|log in|sign in) (?:as|with|to|user|attacker|account)\b/iu, /\bas an? (?:admin(?:istrator)?|moderator)\b/iu],
    'says that no privileges are needed (PR:N), while the text speaks of signing in'],
  [({ PR }) => PR === 'H' || PR === 'L', [/\b(?:unauthenticated|without (?:any )?(?:authentication|logging in|signing in|an account)|pre-auth)\b/iu],
    'says that privileges are needed (PR), while the text speaks of none'],
  [({ PR }) => PR === 'H',
    [/\bself[- ](?:registration|signup|sign-up|registered)\b/iu, /\b(?:anyone can (?:register|sign up)|free account|register an account|sign up for)\b/iu],
    'says that high privileges are needed (PR:H), while the text speaks of an account that anybody gets'],
  [({ UI }) => UI === 'N', [
    /\b(?:victim|user|admin(?:istrator)?|target) (?:has to |must |needs to |should )?(?:clicks?|visits?|opens?|follows?)\b/iu,
    /\btrick(?:s|ed|ing)? (?:the|an?) (?:victim|user|admin)/iu,
  ],
    'says that nobody has to act (UI:N), while the text speaks of somebody who does'],
  [({ UI }) => UI !== undefined && UI !== 'N', [/\b(?:no user interaction|without (?:any )?(?:user )?interaction|zero[- ]click|0-click)\b/iu],
    'says that somebody has to act (UI), while the text speaks of nobody'],
  [({ AV }) => AV === 'N', [/\bphysical access\b/iu], 'says that it works over the network (AV:N), while the text speaks of physical access'],
  [({ AV }) => AV === 'L' || AV === 'P', [/\b(?:remotely|remote attacker|over the (?:network|internet))\b/iu],
    'says that it works on the spot (AV), while the text speaks of an attack from afar'],
  [({ AC }) => AC === 'L', [/\b(?:race condition|timing window)\b/iu], 'says that it is easy (AC:L), while the text speaks of a race'],
  [({ S }) => S === 'U', [/\b(?:sandbox|container|hypervisor|vm) escape\b|\bescapes? (?:from )?the (?:sandbox|container|vm)\b/iu],
    'says that the scope stays (S:U), while the text speaks of an escape'],
]

function contradictions(vector: string, text: string): Fact[] {
  const metrics = Object.fromEntries(vector.split('/').slice(1).map((metric) => metric.split(':') as [string, string]))
  return rules.flatMap(([holds, patterns, says]) => {
    const found = holds(metrics) ? patterns.map((pattern) => pattern.exec(text)?.[0]).find(Boolean) : undefined
    return found ? [{ about: `“${found}”`, mark: 'hint', says: `The vector ${says}.` } as const] : []
  })
}
