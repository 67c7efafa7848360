import type { RootContent, Table } from 'mdast'
import { plainText } from '../../lib/markdown.ts'
import { memberRoles } from '../../access/roles.ts'
import type { Problem } from '../texts/index.ts'

/** What the table at a course's head says. */
export interface CourseSettings {
  /** How long it takes. */
  readonly minutes: number
  /** Share of the questions that has to be right, from 0 to 1. */
  readonly passMark: number
  /** Who has to pass it; empty: everyone. */
  readonly roles: readonly string[]
  /** After how many months it is due again; 0: never. */
  readonly againMonths: number
}

const usual: CourseSettings = { minutes: 20, passMark: 0.8, roles: [], againMonths: 12 }

type Reading = Readonly<Record<string, (value: string) => Partial<CourseSettings> | null>>

/** Each row by its name. Null where the value is not understood. */
const rows: Reading = {
  minutes: (value) => within(value, 1, 600, (minutes) => ({ minutes })),
  'pass mark': (value) => within(value.replace(/\s*%$/, ''), 1, 100, (percent) => ({ passMark: percent / 100 })),
  for: (value) => {
    const roles = value.split(/,|\band\b/).map((role) => role.trim().toLowerCase()).filter(Boolean)
    if (roles.join() === 'everyone') return { roles: [] }
    return roles.length > 0 && roles.every((role) => (memberRoles as readonly string[]).includes(role)) ? { roles } : null
  },
  again: (value) => {
    const [, count = '1', unit] = /^(?:every\s+)?(\d+)?\s*(month|year)s?$/i.exec(value) ?? []
    if (/^never$/i.test(value)) return { againMonths: 0 }
    return unit ? { againMonths: Number(count) * (unit.toLowerCase() === 'year' ? 12 : 1) } : null
  },
}

const hints: Readonly<Record<string, string>> = {
  minutes: 'a number of minutes, 25 for instance', 'pass mark': 'a percentage, 80 % for instance',
  for: `“everyone”, or some of ${memberRoles.join(', ')}`, again: '“every year”, “every 6 months” or “never”',
}

/** Reads the table before the first lesson, and gives what else stands there. Without a table the usual values hold. */
export function settingsOf(lead: readonly RootContent[]): { settings: CourseSettings; rest: readonly RootContent[]; problems: Problem[] } {
  const table = lead.find((node): node is Table => node.type === 'table')
  const problems: Problem[] = []
  const settings = { ...usual }
  for (const { children: [name, value], position } of table?.children.slice(1) ?? []) {
    const key = name ? plainText(name).trim().toLowerCase() : ''
    const read = rows[key]?.(value ? plainText(value).trim() : '')
    if (read) Object.assign(settings, read)
    else problems.push({ line: position?.start.line ?? 1, message: hints[key] ? `Give ${hints[key]}.`
      : `“${key}” is none of: ${Object.keys(rows).join(', ')}.` })
  }
  return { settings, rest: lead.filter((node) => node !== table), problems }
}

function within<T>(value: string, least: number, most: number, then: (n: number) => T): T | null {
  const n = Number(value)
  return value !== '' && Number.isFinite(n) && n >= least && n <= most ? then(n) : null
}
