/** A time that a sentence names, as a rule says it, and where it stands. */
export interface NamedTime { readonly text: string; readonly at: number }

const amount = String.raw`(?:\d+|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty-five|sixty|ninety)`
const unit = String.raw`(?:minutes?|hours?|(?:(business|working) )?days?|weeks?|months?|quarters?|years?)`

const words: readonly [RegExp, string][] = [
  [/\bannual(?:ly)?\b|\byearly\b|\bonce a year\b|\b(?:every|each) year\b|\bper year\b/gi, '1 year'],
  [/\btwice a year\b|\b(?:bi-?annual|semi-?annual)(?:ly)?\b|\bhalf-?yearly\b/gi, '6 months'],
  [/\bquarterly\b|\b(?:every|each|per) quarter\b/gi, '3 months'],
  [/\bmonthly\b|\b(?:every|each|per) month\b|\bonce a month\b/gi, '1 month'],
  [/\bweekly\b|\b(?:every|each|per) week\b|\bonce a week\b/gi, '1 week'],
  [/\bdaily\b|\bnightly\b|\b(?:every|each) (?:day|night)\b|\bonce a day\b/gi, '1 day'],
  [/\bhourly\b|\b(?:every|each) hour\b/gi, '1 hour'],
  [/\bfortnight(?:ly)?\b/gi, '2 weeks'],
  [/\bnext (?:business|working) day\b/gi, '1 business day'],
]
const counted = new RegExp(String.raw`\b(${amount})[- ](${unit})\b`, 'gi')

/** The times that a sentence names, in its order. */
export function namedTimes(sentence: string): NamedTime[] {
  const placed = (text: string, match: RegExpExecArray) => ({ text, at: match.index, end: match.index + match[0].length })
  const said = words.flatMap(([cue, text]) => [...sentence.matchAll(cue)].map((match) => placed(text, match)))
  const numbers = [...sentence.matchAll(counted)].map((match) => placed(`${match[1]} ${match[2]}`.toLowerCase(), match))
  // “Twice a year” is no year.
  const alone = numbers.filter((number) => !said.some((other) => number.at < other.end && other.at < number.end))
  return [...said, ...alone].map(({ text, at }) => ({ text, at })).sort((a, b) => a.at - b.at)
}

/** How far from where a practice is spoken of its time may stand, in characters. */
const NEAR = 90

export function timeNear(sentence: string, at: number): string | undefined {
  const near = namedTimes(sentence).map((time) => ({ ...time, distance: Math.abs(time.at - at) })).filter(({ distance }) => distance <= NEAR)
  return near.sort((a, b) => a.distance - b.distance)[0]?.text
}
