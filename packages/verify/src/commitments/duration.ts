import type { Duration, Unit } from './rule.ts'

/** Every unit with the words that mean one and several of it. */
export const units: Readonly<Record<Unit, { one: string; many: string }>> = {
  'minutes': { one: 'minute', many: 'minutes' },
  'hours': { one: 'hour', many: 'hours' },
  'days': { one: 'day', many: 'days' },
  'business days': { one: 'business day', many: 'business days' },
  'weeks': { one: 'week', many: 'weeks' },
  'months': { one: 'month', many: 'months' },
  'quarters': { one: 'quarter', many: 'quarters' },
  'years': { one: 'year', many: 'years' },
}

/** Units that a calendar has a beginning of: `every calendar quarter`. */
export const periodUnits: readonly Unit[] = ['days', 'weeks', 'months', 'quarters', 'years']

/** The most that a rule may say, about a century of each unit, so that every deadline is a date. */
export const mostOf: Readonly<Record<Unit, number>> = {
  'minutes': 50_000_000, 'hours': 850_000, 'days': 36_500, 'business days': 25_000, 'weeks': 5_200, 'months': 1_200, 'quarters': 400, 'years': 100,
}

/** `7 days`, `1 business day`. */
export const printDuration = ({ count, unit }: Duration) => `${count} ${count === 1 ? units[unit].one : units[unit].many}`

/** As it stands after “every”: `day`, `3 months`. */
export const printInterval = (duration: Duration) => duration.count === 1 ? units[duration.unit].one : printDuration(duration)

const small = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten', 'eleven', 'twelve', 'thirteen', 'fourteen',
  'fifteen', 'sixteen', 'seventeen', 'eighteen', 'nineteen']
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety']

/** `seven`, `forty-five`, `a` as numbers up to ninety-nine. */
export function numberOf(word: string): number | undefined {
  const said = word.toLowerCase()
  if (said === 'a' || said === 'an') return 1
  if (small.includes(said)) return small.indexOf(said)
  const [ten, one = 'zero'] = said.split('-')
  const ofTen = tens.indexOf(ten!)
  const ofOne = small.indexOf(one)
  return ofTen < 0 || ofOne < 0 || ofOne > 9 ? undefined : (ofTen + 2) * 10 + ofOne
}

/** `7` as `seven`: how prose writes the small numbers. */
export const wordOf = (count: number) => count <= 12 ? small[count]! : String(count)
