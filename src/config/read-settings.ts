import { join, resolve } from 'node:path'
import { z } from 'zod'
import { about, settingsShape, type SettingName } from './settings.ts'

type Given = z.output<typeof settingsShape>
type Derived = 'AVOW_URL' | 'AVOW_DEVELOPMENT' | 'AVOW_KEYRING_FILE' | 'AVOW_MAIL_FROM'

/** Settings as the operator gave them, with every default filled in. Paths are absolute. */
export type Settings = Readonly<Omit<Given, Derived> & { [K in Derived]: Exclude<Given[K], undefined> }>

/** One sentence for each setting that is wrong. Values of secret settings are never repeated. */
export class SettingsProblem extends Error { override readonly name = 'SettingsProblem' }

/** AVOW_KEY is the command line's, AVOW_TEST_… the tests'. */
const ours = /^AVOW_(?!TEST_|KEY$)/

export function readSettings(environment: Record<string, string | undefined>): Settings {
  const given = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''))
  const unknown = Object.keys(given).filter((name) => ours.test(name) && !(name in settingsShape.shape))
  if (unknown.length > 0) throw new SettingsProblem(`There is no setting called ${unknown.join(', ')}. docs/operate/settings.md lists those there are.`)
  const parsed = settingsShape.safeParse(given)
  if (!parsed.success) throw new SettingsProblem(parsed.error.issues.map((issue) => sentence(issue, given)).join('\n'))
  return withDefaults(parsed.data)
}

function withDefaults(given: Given): Settings {
  const url = (given.AVOW_URL ?? `http://localhost:${given.PORT}`).replace(/\/+$/, '')
  const data = resolve(given.AVOW_DATA)
  const courses = given.AVOW_COURSE_ORIGIN ?? (isLocal(new URL(url).hostname) ? `http://courses.localhost:${new URL(url).port || 80}` : undefined)
  if (courses && new URL(courses).hostname === new URL(url).hostname) {
    throw new SettingsProblem('The setting AVOW_COURSE_ORIGIN cannot be used: it has to be another host name than that of AVOW_URL.')
  }
  return {
    ...given,
    ...courses && { AVOW_COURSE_ORIGIN: new URL(courses).origin },
    AVOW_DATA: data,
    AVOW_URL: url,
    AVOW_DEVELOPMENT: given.AVOW_DEVELOPMENT ?? isLocal(new URL(url).hostname),
    AVOW_KEYRING_FILE: resolve(given.AVOW_KEYRING_FILE ?? join(data, 'keyring')),
    AVOW_MAIL_FROM: given.AVOW_MAIL_FROM ?? `avow@${new URL(url).hostname}`,
  }
}

const isLocal = (host: string) => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

function sentence(issue: z.core.$ZodIssue, given: Record<string, string | undefined>): string {
  const name = String(issue.path[0]) as SettingName
  const secret = about.get(settingsShape.shape[name])?.secret
  return `The setting ${name}${secret ? '' : ` (“${given[name]}”)`} cannot be used: ${issue.message}.`
}
