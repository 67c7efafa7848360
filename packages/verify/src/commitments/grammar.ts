import { mostOf, numberOf, periodUnits, printDuration, units } from './duration.ts'
import { expectEnd, expectKind, expectNumber, expectWord, type Reader } from './reader.ts'
import type { Duration, Filter, KindPattern, Pattern, Pause, Rule, Scope, Unit } from './rule.ts'

/** Reads one rule to its end; throws Stuck where it cannot. The grammar is written out in docs/formats/commitments.md. */
export function readRule(reader: Reader): Rule {
  const forEach = readForEach(reader)
  const leading = readLeadingScope(reader)
  const body = readBody(reader)
  const { scope, pauses } = readClauses(reader, body, leading)
  const owner = readOwner(reader)
  reader.take('.')
  const late = owner === undefined ? readOwner(reader) : undefined
  if (reader.token.type !== 'end') {
    reader.takeType('end', expectEnd)
    reader.stop()
  }
  const named = owner ?? late
  return { body, scope, pauses, ...(forEach !== undefined && { forEach }), ...(named !== undefined && { owner: named }) }
}

function readForEach(reader: Reader): string | undefined {
  if (!reader.take('for')) return undefined
  if (!reader.take('each', 'every')) reader.stop()
  const subject = reader.needType('word', expectWord).text.toLowerCase()
  reader.need(',')
  return subject
}

function readLeadingScope(reader: Reader): Scope | undefined {
  const scope: Scope | undefined = reader.take('globally') ? { scope: 'globally' } : readScope(reader)
  if (scope) reader.need(',')
  return scope
}

function readScope(reader: Reader): Scope | undefined {
  if (reader.take('before')) return { scope: 'before', r: readKind(reader) }
  if (reader.take('between')) return { scope: 'between', ...readSpan(reader, 'q', 'r') }
  if (!reader.take('after')) return undefined
  const q = readKind(reader)
  return reader.take('until') ? { scope: 'after until', q, r: readKind(reader) } : { scope: 'after', q }
}

function readSpan<A extends string, B extends string>(reader: Reader, first: A, second: B) {
  const from = readKind(reader)
  reader.need('and')
  return { [first]: from, [second]: readKind(reader) } as Record<A | B, KindPattern>
}

function readBody(reader: Reader): Pattern {
  if (reader.take('every', 'each')) return readResponse(reader)
  const start = reader.place
  const kind = readKind(reader)
  if (reader.take('never')) return readAbsence(reader, kind)
  if (reader.take('always')) return readUniversality(reader, kind, start)
  reader.need('happens')
  return reader.take('only') ? readPrecedence(reader, kind) : readRecurrence(reader, kind)
}

function readResponse(reader: Reader): Pattern {
  const trigger = readKind(reader)
  reader.need('is', 'followed', 'by')
  const responses = readKinds(reader, 'or')
  reader.need('within')
  return { pattern: 'response', trigger, responses, within: readDuration(reader) }
}

function readAbsence(reader: Reader, kind: KindPattern): Pattern {
  reader.need('happens')
  if (!reader.take('more')) return { pattern: 'absence', kind, most: 0 }
  reader.need('than')
  if (reader.take('once')) return { pattern: 'absence', kind, most: 1 }
  if (reader.take('twice')) return { pattern: 'absence', kind, most: 2 }
  const most = readNumber(reader)
  if (!reader.take('times', 'time')) reader.stop()
  return { pattern: 'absence', kind, most }
}

function readUniversality(reader: Reader, check: KindPattern, at: number): Pattern {
  if (!check.kind.startsWith('check.')) {
    reader.stop(`Only a check can always pass, and “${check.kind}” is not one: its name would begin with “check.”.`, at)
  }
  reader.need('passes')
  reader.take(',')
  reader.take('and')
  reader.take('is')
  reader.need('checked')
  return { pattern: 'universality', check, every: readAtLeastEvery(reader) }
}

function readPrecedence(reader: Reader, then: KindPattern): Pattern {
  reader.need('after')
  return { pattern: 'precedence', then, first: readKinds(reader, 'and') }
}

function readRecurrence(reader: Reader, kind: KindPattern): Pattern {
  if (!reader.take('every')) return { pattern: 'recurrence', kind, every: readAtLeastEvery(reader), fixed: false }
  reader.need('calendar')
  return { pattern: 'recurrence', kind, every: { count: 1, unit: readUnit(reader, periodUnits) }, fixed: true }
}

function readAtLeastEvery(reader: Reader): Duration {
  reader.need('at', 'least')
  reader.take('once')
  for (const [word, unit] of adverbs) if (reader.take(word)) return { count: 1, unit }
  reader.need('every')
  return readDuration(reader, 'may leave out 1')
}

const adverbs: readonly [string, Unit][] =
  [['hourly', 'hours'], ['daily', 'days'], ['weekly', 'weeks'], ['monthly', 'months'], ['quarterly', 'quarters'], ['yearly', 'years'], ['annually', 'years']]

function readClauses(reader: Reader, body: Pattern, leading: Scope | undefined): { scope: Scope; pauses: Pause[] } {
  let scope = leading
  const pauses: Pause[] = []
  // After a duration or a list, “after …” would read as part of it; a comma keeps them apart.
  let apart = body.pattern === 'absence'
  for (;;) {
    apart = reader.take(',') || apart
    if (reader.take('not')) {
      reader.need('counting', 'the', 'time', 'between')
      pauses.push(readSpan(reader, 'from', 'to'))
    } else {
      const trailing: Scope | undefined = !scope && apart ? readScope(reader) : undefined
      if (!trailing) return { scope: scope ?? { scope: 'globally' }, pauses }
      scope = trailing
    }
    apart = false
  }
}

function readOwner(reader: Reader): string | undefined {
  if (reader.token.type !== 'aside') return undefined
  const owner = /^owner:\s*(\S.*)$/i.exec(reader.token.text)?.[1]
  if (owner === undefined) reader.stop('Only an owner stands in brackets: “(owner: security lead)”.')
  reader.advance()
  return owner
}

/** `A or B`: the word joins two kinds only if a kind follows; otherwise it belonged to a filter. */
function readKinds(reader: Reader, joint: 'or' | 'and'): KindPattern[] {
  const kinds = [readKind(reader)]
  while (reader.take(joint)) kinds.push(readKind(reader))
  return kinds
}

/** `report.received`, `third-party.threat-reported`. */
export const kindName = /^[a-z][a-z0-9-]*(\.[a-z0-9][a-z0-9-]*)+$/

function readKind(reader: Reader): KindPattern {
  const at = reader.place
  const kind = reader.needType('kind', expectKind).text.toLowerCase()
  if (!kindName.test(kind)) reader.stop(`“${kind}” is not an entry kind: one is a noun, a dot and what happened, like \`report.received\`.`, at)
  const where: Filter[] = []
  if (reader.take('where')) {
    do where.push(readFilter(reader)); while (reader.after.type !== 'kind' && reader.take('and'))
  }
  return { kind, where }
}

function readFilter(reader: Reader): Filter {
  const mark = reader.needType('word', expectWord).text
  reader.need('is')
  const negated = reader.take('not')
  const values = [readValue(reader)]
  while (reader.after.type !== 'kind' && reader.take('or')) values.push(readValue(reader))
  return { mark, negated, values }
}

function readValue(reader: Reader): string {
  const { type } = reader.token
  return type === 'text' || type === 'number' || type === 'dotted' ? reader.advance().text : reader.needType('word', expectWord).text
}

function readDuration(reader: Reader, count?: 'may leave out 1'): Duration {
  const at = reader.place
  const given = count && reader.token.type !== 'number' && numberOf(reader.token.text) === undefined ? 1 : readNumber(reader)
  const unit = readUnit(reader, Object.keys(units) as Unit[])
  if (given > mostOf[unit]) reader.stop(`A duration is at most ${printDuration({ count: mostOf[unit], unit })}.`, at)
  return { count: given, unit }
}

function readNumber(reader: Reader): number {
  const { type, text } = reader.token
  const count = type === 'number' ? Number(text) : type === 'word' ? numberOf(text) : undefined
  if (count === undefined) { reader.needType('number', expectNumber) }
  if (count === 0) reader.stop('It has to be at least 1.')
  reader.advance()
  return count!
}

function readUnit(reader: Reader, allowed: readonly Unit[]): Unit {
  if (allowed.includes('business days') && reader.take('business', 'working')) {
    if (!reader.take('days', 'day')) reader.stop()
    return 'business days'
  }
  for (const unit of allowed) if (reader.take(units[unit].many, units[unit].one)) return unit
  return reader.stop()
}
