import { practices, type Practice } from './import/practices.ts'
import type { PolicyDocument, PolicySentence } from './policy-text.ts'

/** What a sentence does: it promises (and has a standing), asks something of others, allows, or only says. */
export type SentenceKind = 'promise' | 'request' | 'permission' | 'statement'

export interface Classified {
  readonly kind: SentenceKind
  /** Why, for whoever confirms it. */
  readonly reason: string
  /** For a promise: the practices that it speaks of; none where we know no rule for it. */
  readonly practices: readonly Practice[]
}

/** Where a sentence stands decides with its words: an item under “we ask you to refrain from:” asks, whatever it says. */
export interface Surroundings { readonly leadIn?: SentenceKind | undefined }

/** First match wins. The order matters: “please contact us” is a promise that the address answers, “please include” is a request. */
const voices: readonly { kind: SentenceKind; reason: string; cues: readonly RegExp[] }[] = [
  {
    kind: 'statement', reason: 'It limits what may be relied on.',
    cues: [/\b(?:cannot|can not|do not|does not) (?:guarantee|warrant)/i, /\bnot (?:be )?liable\b/i, /\bno (?:system|technology|method|website|service)\b.{0,40}\b(?:is|can be)\b/i, /\bas is\b/i],
  },
  {
    kind: 'request', reason: 'It asks something of the reader.',
    cues: [
      /\b(?:we|would|'d|’d)\b.{0,20}\b(?:ask|request|encourage|urge|expect|require|recommend|appreciate|invite|like to ask)\b.{0,30}\b(?:you|that|users|researchers|everyone|all)\b/i,
      /\byou (?:must|should|shall|agree|need to|have to|also have|have a responsibility|are (?:responsible|required|expected|asked))\b/i,
      /\bplease (?!(?:contact|reach|write|e-?mail|let us know|get in touch|see|note))/i,
      /\bprogram(?:me)? encourages\b/i,
      /\brefrain from\b/i,
      /\bfollow these\b/i,
    ],
  },
  {
    kind: 'permission', reason: 'It says what may be done, not what will be.',
    cues: [/\b(?:we|you|researchers|users)\b.{0,20}\b(?:may|might|can choose|are (?:free|welcome|allowed) to)\b/i, /\breserve the right\b/i, /\bat our (?:sole )?discretion\b/i],
  },
  {
    kind: 'statement', reason: 'It tells what the company thinks or what the text is about.',
    cues: [
      /\b(?:believes?|recogni[sz]es? (?:that|the)|understands? (?:that|the|how)|values?|cares? (?:about|deeply)|proud|appreciate|grateful|thank(?:s| you))\b/i,
      /\b(?:is|are|be) (?:our|a|the) (?:#1|number one|first|top|highest|core|main)\b/i, /\bpriority\b/i, /\bcommitted to\b/i, /\b(?:strives?|aims?|works? hard|seeks?) to\b/i,
      /\btakes?\b.{0,60}\bserious(?:ly|ness)?\b/i,
      /\bthis (?:\w+ ){0,2}(?:policy|page|document|statement)\b.{0,20}\b(?:outlines|describes|explains|defines|covers|applies|sets out|is)\b/i,
      /\b(?:is|are) (?:paramount|essential|crucial|important|comprehensive)\b/i,
      /\b(?:includes?|such as|as follows|following):$/i,
    ],
  },
]

/** Begins with a verb that tells the reader to do something. */
const imperative = /^(?:(?:please|also|only|never|always|do not|don['’]t|immediately|regularly) )*(?:provide|give|make|include|send|report|describe|attach|use|enable|monitor|review|avoid|ensure|keep|do|don['’]t|never|only|interact|test|stop|delete|submit|follow|allow|let|act|respect|tell|notify|e-?mail|contact|write|check|choose|set|change|share|protect|watch|refrain|encrypt|wait|limit|log|sign|verify|update|install|be|remember|help)\b/i
const contact = practices.find((practice) => practice.mark === 'contact')!
const invites = /\b(?:contact|reach|write to|e-?mail(?:ing)?|let|get in touch)\b.{0,30}\b(?:us|at|know|via)\b|\bcontact\b.{0,40}@/i
const asksForContents = /\bwith (?:an? |the |as much |full |any )?(?:\w+ )?(?:description|details?|steps|information|proof)\b|\binclud(?:e|ing)\b/i

/** Decides by a table of cues, always the same way. People confirm it. */
export function classify(sentence: string, { leadIn }: Surroundings = {}): Classified {
  const words = sentence.replace(/^[\p{L}\p{N} &/()-]{2,60}:\s+(?=\S)/u, '')
  if (leadIn === 'request') return { kind: 'request', reason: 'It stands in a list of what readers are asked.', practices: [] }
  if (invites.test(words) && !asksForContents.test(words) && /\b(?:us|security|[\w.+-]+@)/i.test(words) && /\b(?:if|for|any|questions|concerns|report|to)\b/i.test(words) && !/suspicious/i.test(words)) {
    return { kind: 'promise', reason: 'It gives an address at which somebody answers.', practices: [contact] }
  }
  const voice = voices.find(({ cues }) => cues.some((cue) => cue.test(words)))
  if (voice?.kind === 'request' || voice?.kind === 'permission') return { kind: voice.kind, reason: voice.reason, practices: [] }
  if (imperative.test(words) && !/^\p{L}+(?:ing|ed)\b/u.test(words)) return { kind: 'request', reason: 'It tells the reader to do something.', practices: [] }
  const found = practices.filter((practice) => practice !== contact && practice.cue.test(words) && !practice.unless?.test(words))
  if (voice) return { kind: 'statement', reason: voice.reason, practices: [] }
  if (found.length > 0 && isSentence(words)) return { kind: 'promise', reason: `It speaks of ${found.map(({ mark }) => mark.replaceAll('-', ' ')).join(', ')}.`, practices: found }
  if (/\bwe (?:will|shall|always|never)\b/i.test(words)) return { kind: 'promise', reason: 'It says what the company will do; we know no rule for it.', practices: [] }
  return { kind: 'statement', reason: 'Nothing in it can be measured.', practices: [] }
}

/** A heading or a label promises nothing. */
const isSentence = (words: string) => /\b(?:is|are|be|was|were|has|have|do|does|will|we|our|can|must|only|all|every|each|\p{L}+s|\p{L}+ed)\b/iu.test(words) && words.split(/\s+/).length >= 4



/** How many sentences ask something of others, and how many allow something. What carries a mark is a promise. */
export function countSentences({ sentences }: PolicyDocument): { requests: number; permissions: number } {
  const kinds = sentences.filter(({ marks, inHeading }) => marks.length === 0 && !inHeading).map(({ text }: PolicySentence) => classify(text).kind)
  return { requests: kinds.filter((kind) => kind === 'request').length, permissions: kinds.filter((kind) => kind === 'permission').length }
}
