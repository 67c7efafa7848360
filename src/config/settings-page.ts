import type { z } from 'zod'
import { about, settingsShape } from './settings.ts'

/** docs/operate/settings.md, whole. */
export function settingsPage(): string {
  const settings = Object.entries(settingsShape.shape).map(([name, schema]) => section(name, schema))
  return `# Settings

Avow is configured by environment variables and by nothing else. None is needed to begin; a complete example for a company's own machine:

\`\`\`
AVOW_URL=https://security.example.org
AVOW_TRUST_PROXY=yes
AVOW_DATA=/srv/avow
SMTP_URL=smtps://avow:…@mail.example.org
\`\`\`

An empty variable counts as absent. A name that begins with \`AVOW_\` and is not listed here stops the start, so that a slip of the pen is not
taken for consent. This page is written by \`npm run docs\` from \`src/config/settings.ts\`.

${settings.join('\n')}`
}

function section(name: string, schema: z.ZodType): string {
  const { about: text, secret, otherwise } = about.get(schema)!
  const standard = schema.safeParse(undefined)
  const value = otherwise ?? `\`${shown(standard.data)}\``
  return `## ${name}\n\n${text}\n\nDefault: ${value}.${secret ? ' Secret: never logged or shown.' : ''}\n`
}

const shown = (value: unknown) => value === false ? 'no' : value === true ? 'yes' : String(value)
