import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Programs of the operating system that some tests look at us with. Where one is missing, those tests are skipped, loudly. */
export const tools = {
  openssl: { package: 'openssl', found: () => inPath('openssl') },
  curl: { package: 'curl', found: () => inPath('curl') },
  chromium: { package: 'chromium', found: () => inPath('chromium', 'chromium-browser', 'google-chrome') },
  dovecot: { package: 'dovecot-imapd', found: () => inPath('dovecot') },
  gpg: { package: 'gnupg', found: () => inPath('gpg') },
  go: { package: 'golang-go', found: () => inPath('go') },
  'golang.org/x/mod': { package: 'golang-golang-x-mod-dev', found: () => existing('/usr/share/gocode/src/golang.org/x/mod') },
} as const

export type Tool = keyof typeof tools

/** For a test's `skip`: false when everything is there, else a sentence. */
export function needs(...wanted: Tool[]): string | false {
  const missing = wanted.filter((tool) => !tools[tool].found())
  return missing.length > 0 && `${missing.join(', ')} is not installed (apt install ${missing.map((tool) => tools[tool].package).join(' ')})`
}

export const missingTools = (): Tool[] => (Object.keys(tools) as Tool[]).filter((tool) => !tools[tool].found())

/** The path of an installed tool. */
export function pathOf(tool: Tool): string {
  const path = tools[tool].found()
  if (!path) throw new Error(`${tool} is not installed.`)
  return path
}

function inPath(...names: string[]): string | undefined {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) => existsSync(path))
}

const existing = (path: string) => existsSync(path) ? path : undefined
