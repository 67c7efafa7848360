import fc from 'fast-check'
import { mostOf, periodUnits, units } from '../../packages/verify/src/commitments/duration.ts'
import type { Duration, Filter, KindPattern, Pattern, Pause, Rule, Scope, Unit } from 'avow-verify'

// Any rule that the grammar can say; for the property tests.
const part = fc.stringMatching(/^[a-z][a-z0-9-]{0,11}$/)
const kindName = fc.tuple(part, part).map((parts) => parts.join('.'))
const markName = fc.stringMatching(/^[a-z][a-z_]{0,8}$/)
const value = fc.oneof(
  fc.constantFrom('high', 'third-party', 'not', 'or', 'within', 'always', 'is', '2', '2026-01-05', 'web app', 'v1.2', '(x)'),
  fc.stringMatching(/^[^\s"“”](?:[^"“”\s]{0,10}[^"“”\s])?$/u),
)

const filter: fc.Arbitrary<Filter> = fc.record({ mark: markName, negated: fc.boolean(), values: fc.array(value, { minLength: 1, maxLength: 3 }) })
const withFilters = (kind: fc.Arbitrary<string>): fc.Arbitrary<KindPattern> => fc.record({ kind, where: fc.array(filter, { maxLength: 2 }) })
const kind = withFilters(kindName)
const kinds = fc.array(kind, { minLength: 1, maxLength: 3 })

const duration: fc.Arbitrary<Duration> = fc.constantFrom(...Object.keys(units) as Unit[])
  .chain((unit) => fc.record({ count: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: mostOf[unit] })), unit: fc.constant(unit) }))
const period: fc.Arbitrary<Duration> = fc.constantFrom(...periodUnits).map((unit) => ({ count: 1, unit }))

const body: fc.Arbitrary<Pattern> = fc.oneof(
  fc.record({ pattern: fc.constant('response' as const), trigger: kind, responses: kinds, within: duration }),
  fc.record({ pattern: fc.constant('recurrence' as const), kind, every: duration, fixed: fc.constant(false) }),
  fc.record({ pattern: fc.constant('recurrence' as const), kind, every: period, fixed: fc.constant(true) }),
  fc.record({ pattern: fc.constant('precedence' as const), then: kind, first: kinds }),
  fc.record({ pattern: fc.constant('absence' as const), kind, most: fc.nat(20) }),
  fc.record({ pattern: fc.constant('universality' as const), check: withFilters(part.map((name) => `check.${name}`)), every: duration }),
)

const scope: fc.Arbitrary<Scope> = fc.oneof(
  fc.constant({ scope: 'globally' as const }),
  fc.record({ scope: fc.constant('before' as const), r: kind }),
  fc.record({ scope: fc.constant('after' as const), q: kind }),
  fc.record({ scope: fc.constant('between' as const), q: kind, r: kind }),
  fc.record({ scope: fc.constant('after until' as const), q: kind, r: kind }),
)

const pause: fc.Arbitrary<Pause> = fc.record({ from: kind, to: kind })
const owner = fc.constantFrom('security lead', 'Head of People, or deputy', 'équipe sécurité')

// Cloned, because fast-check makes records without a prototype and deepEqual looks at that.
export const anyRule = fc.record(
  { body, scope, pauses: fc.array(pause, { maxLength: 2 }), forEach: part, owner },
  { requiredKeys: ['body', 'scope', 'pauses'] },
).map((rule): Rule => structuredClone(rule))
