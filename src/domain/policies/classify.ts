import type { PolicyDocument } from './policy-text.ts'
import { contact, near, practices, speaksOf, type Practice } from './practices/index.ts'

/** What a sentence does: it promises (and has a standing), asks something of others, allows, or only says. */
export type SentenceKind = 'promise' | 'request' | 'permission' | 'statement'

export interface Classified {
  readonly kind: SentenceKind
  /** Why, for whoever confirms it. */
  readonly reason: string
  /** For a promise: the practices that it speaks of; none where no rule is known for it. */
  readonly practices: readonly Practice[]
}

interface Voice { readonly kind: SentenceKind; readonly reason: string; readonly cues: readonly RegExp[] }

/** How sentences sound that promise nothing. The first match wins. */
const voices: readonly Voice[] = [
  {
    kind: 'statement', reason: 'It limits what may be relied on.',
    cues: [
      /\b(?:cannot|can not|can['’]t|do not|does not) (?:guarantee|warrant|promise)\b/i, /\bnot (?:be )?(?:liable|responsible)\b/i, /\bas is\b/i,
      near(/no (?:system|technology|method|website|service|software)/, 40, /is|are|can/),
    ],
  },
  {
    kind: 'request', reason: 'It asks something of the reader.',
    cues: [
      /\b(?:we|would|['’]d)\b.{0,20}\b(?:ask|request|encourage|urge|expect|recommend|appreciate|invite)\b(?!ed)/i,
      /\byou (?:must|should|shall|agree|need to|have to|also have|have a responsibility|are (?:responsible|required|expected|asked)|may not)\b/i,
      /\bplease (?!(?:contact|reach|write|e-?mail|let us know|get in touch|see|note|use the form)\b)/i,
      /\b(?:is|are) asked (?:to|not to)\b|\b(?:testers|researchers|reporters|participants|users|customers|members) (?:must|should|shall)\b/i,
      /\brefrain from\b|\bfollow these\b|\b(?:is|are) (?:not allowed|off limits|forbidden|out of scope|prohibited)\b/i,
    ],
  },
  {
    kind: 'permission', reason: 'It says what may be done, not what will be.',
    cues: [
      near(/we|you|researchers|users|reporters|rewards?|customers|anyone/, 20, /may(?! not)|might|can choose|are (?:free|welcome|allowed|permitted) to/),
      /^(?:the |our |an? )?\p{L}+(?: \p{L}+){0,2} (?:may|might) (?!not\b)/iu,
      /\breserve the right\b|\bat our (?:sole )?discretion\b/i,
    ],
  },
  {
    kind: 'statement', reason: 'It tells what the company thinks, or what the text is about.',
    cues: [
      /\b(?:believes?|(?:recogni[sz]e|understand|know)s? (?:that|how|the)|values?|cares? (?:about|deeply)|proud|appreciates?|grateful|thanks?(?: you)?)\b/i,
      /\b(?:#1|number one|top|highest|first) (?:priority|concern)\b|\bpriority\b|\bcommitted to\b|\bcommitment to\b/i,
      /\b(?:strives?|aims?|hopes?|works? hard|seeks?|tr(?:y|ies)) to\b|\bdo our best\b/i,
      near(/takes?/, 80, /serious(?:ly|ness)?/),
      near(/this (?:\w+ ){0,3}(?:policy|page|document|statement)/, 20, /outlines|describes|explains|defines|covers|applies|sets out|tells|is/),
      /\b(?:is|are) (?:paramount|essential|crucial|important|comprehensive)\b/i,
      /\b(?:includes?|such as|as follows|following):$/i,
    ],
  },
]

const verbs = (
  'act allow attach avoid be change check choose contact delete describe destroy disrupt do download e-?mail enable encrypt ensure follow give help '
  + 'include inform install interact keep leave let limit list log look make modify monitor name never notify paste protect provide remember report '
  + 'respect review run say send set share sign stop submit tell test turn update use wait watch work write'
).replaceAll(' ', '|')
const lead = /(?:please|also|only|never|always|do not|don['’]t|immediately|regularly|and|then) /.source
/** Begins by telling the reader to do something, or not to. A noun that looks like such a verb is followed by another word. */
const imperative = new RegExp(`^(?:${lead})*(?:don['’]t|${verbs})\\b(?! (?:is|are|was|has|have|will|of|by|in)\\b)`, 'i')
const condition = /^(?:if|when|whenever|while|before|after|should|once)\b[^,]*,\s*/i

const invitation = /\b(?:contact|reach|write to|e-?mail(?:ing)?|let us know|get in touch)\b/i
const address = /\b(?:us|security|our \w+ (?:team|contact))\b|[\w.+-]+@|[\w.-]+\[at\]|contact:$/i
const occasion = /@|\b(?:if you|questions?|concerns?|issues?|vulnerabilit\w+|weakness\w*|reports?|problems?)\b/i
const asksForContents = /\bwith (?:an? |the |as much |full |any |all )?(?:\w+ )?(?:descriptions?|details?|steps|information|proof)\b|\binclud(?:e|ing)\b/i
const asksForHaste = /\bsuspicious\b|\bimmediately\b|\bat once\b/i

const undertakes = /\bwe (?:will|shall|always|never)\b|\bwe['’]ll\b/i

/**
 * Decides by tables of cues, so that the same sentence is always judged the same. People confirm it. `under` is the sentence that opens
 * the list in which it stands: under “we ask you not to use:” everything is asked.
 */
export function classify(sentence: string, under?: string): Classified {
  if (under !== undefined && classify(under).kind === 'request') return just('request', 'It stands in a list of what readers are asked.')
  // “Data encryption: we use …”: what stands before the colon is a title.
  const words = sentence.replace(/^[\p{L}\p{N} &/()-]{2,60}:\s+(?=\S)/u, '')
  if ([invitation, address, occasion].every((cue) => cue.test(words)) && ![asksForContents, asksForHaste].some((cue) => cue.test(words))) {
    return { kind: 'promise', reason: 'It gives an address at which somebody has to answer.', practices: [contact] }
  }
  const voice = voices.find(({ cues }) => cues.some((cue) => cue.test(words)))
  if (voice) return just(voice.kind, voice.reason)
  if (imperative.test(words.replace(condition, ''))) return just('request', 'It tells the reader what to do.')
  const found = words.split(/\s+/).length < 3 ? [] : practices.filter((practice) => speaksOf(practice, words) >= 0)
  if (found.length > 0) return { kind: 'promise', reason: `It speaks of ${found.map(({ mark }) => mark.replaceAll('-', ' ')).join(', ')}.`, practices: found }
  if (undertakes.test(words)) return just('promise', 'It says what the company will do; its rule has to be written by hand.')
  return just('statement', 'Nothing in it can be measured.')
}

const just = (kind: SentenceKind, reason: string): Classified => ({ kind, reason, practices: [] })

/** How many sentences ask something of others, and how many allow something. What carries a mark is a promise. */
export function countSentences({ sentences }: PolicyDocument): { requests: number; permissions: number } {
  const kinds = sentences.filter(({ marks, inHeading }) => marks.length === 0 && !inHeading).map(({ text, under }) => classify(text, under).kind)
  return { requests: kinds.filter((kind) => kind === 'request').length, permissions: kinds.filter((kind) => kind === 'permission').length }
}
