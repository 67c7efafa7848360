import { rating, scoreOf } from './severity.ts'
import type { Severity } from './report.ts'

/** One base metric: its abbreviation, what it asks, and its values from the one that weighs most. */
export interface Metric { readonly key: string; readonly asks: string; readonly values: readonly (readonly [value: string, means: string])[] }

export const cvssVersions = ['3.1', '4.0'] as const
export type CvssVersion = (typeof cvssVersions)[number]

const reach = { key: 'AV', asks: 'From where can it be attacked?', values: [
  ['N', 'Network: from anywhere'], ['A', 'Adjacent: from the same network'], ['L', 'Local: by somebody who is on the machine'],
    ['P', 'Physical: by touching it'],
] } as const
const complexity = { key: 'AC', asks: 'Does it take more than trying?',
  values: [['L', 'Low: it works every time'], ['H', 'High: something has to be got around first']] } as const
const privileges = { key: 'PR', asks: 'Which rights does the attacker need?',
  values: [['N', 'None'], ['L', 'Low: those of any user'], ['H', 'High: those of an administrator']] } as const
const harm = (key: string, asks: string, both: readonly [high: string, low: string]): Metric =>
  ({ key, asks, values: [['H', `High: ${both[0]}`], ['L', `Low: ${both[1]}`], ['N', 'None']] })

const inAll = { read: ['all of it', 'some of it'], written: ['all of it, or what matters most', 'some of it'],
  used: ['it stops', 'it is slower or fails at times'] } as const

/** The base metrics of CVSS (FIRST, specification 3.1 section 2 and 4.0 section 2), in our words. */
export const metricsOf: Readonly<Record<CvssVersion, readonly Metric[]>> = {
  '3.1': [
    reach, complexity, privileges,
    { key: 'UI', asks: 'Does somebody else have to do something?', values: [['N', 'No'], ['R', 'Yes, such as follow a link']] },
    { key: 'S', asks: 'Does it reach beyond what is attacked?', values: [['C', 'Yes: another system or user is harmed'], ['U', 'No']] },
    harm('C', 'Can secrets be read?', inAll.read), harm('I', 'Can something be changed?', inAll.written), harm('A', 'Can it be made unavailable?', inAll.used),
  ],
  '4.0': [
    reach, complexity,
    { key: 'AT', asks: 'Must something be as it usually is not?', values: [['N', 'No'], ['P', 'Yes: a race to win, a special set-up']] },
    privileges,
    { key: 'UI', asks: 'Does somebody else have to do something?',
      values: [['N', 'No'], ['P', 'Passively: what they would do anyway'], ['A', 'Actively: something unusual']] },
    harm('VC', 'In what is attacked: can secrets be read?', inAll.read), harm('VI', 'In what is attacked: can something be changed?', inAll.written),
    harm('VA', 'In what is attacked: can it be made unavailable?', inAll.used),
    harm('SC', 'In other systems: can secrets be read?', inAll.read), harm('SI', 'In other systems: can something be changed?', inAll.written),
    harm('SA', 'In other systems: can they be made unavailable?', inAll.used),
  ],
}

export type Chosen = Readonly<Record<string, string>>

/** What a vector says of the base metrics; whatever it is, nothing is thrown. */
export function chosenIn(vector: string): { version: CvssVersion; chosen: Chosen } {
  const version = vector.startsWith('CVSS:4.0/') ? '4.0' : '3.1'
  const said = new Map(vector.split('/').slice(1).map((part) => part.split(':', 2) as [string, string]))
  const known = metricsOf[version].flatMap(({ key, values }) => values.some(([value]) => value === said.get(key)) ? [[key, said.get(key)!]] : [])
  return { version, chosen: Object.fromEntries(known) }
}

export interface Computed { readonly vector: string; readonly score: number; readonly severity: Severity }

/** The vector of the values with its score, or what is still to be chosen. */
export function computed(version: CvssVersion, chosen: Chosen): Computed | { missing: number } {
  const metrics = metricsOf[version]
  const valid = metrics.filter(({ key, values }) => values.some(([value]) => value === chosen[key]))
  const vector = `CVSS:${version}/${valid.map(({ key }) => `${key}:${chosen[key]}`).join('/')}`
  const score = valid.length === metrics.length ? scoreOf(vector) : null
  return score === null ? { missing: metrics.length - valid.length } : { vector, score, severity: rating(score) }
}
