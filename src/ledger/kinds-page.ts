import { z } from 'zod'
import { listKinds, streams, type Kind, type Stream, type Vouch } from './kinds.ts'

/** docs/formats/entry-kinds.md, whole: every kind that the loaded modules define. */
export function kindsPage(): string {
  const sections = (Object.keys(streams) as Stream[]).flatMap((stream) => {
    const kinds = listKinds().filter((kind) => kind.stream === stream)
    return kinds.length === 0 ? [] : [`## Stream \`${stream}\`\n\n${opening(stream)}\n\n${kinds.map(section).join('\n')}`]
  })
  return `# Entry kinds

One entry of the kind \`report.acknowledged\`, as an opening shows it (the bytes are those of [ledger.md](ledger.md)):

\`\`\`json
{ "kind": "report.acknowledged", "cases": { "report": "q3pGmXl9lB2sWm1n0cQy5w" }, "marks": { "by": "human", "vouch": "both" } }
\`\`\`

Rules read kind, cases and marks, and nothing else: these stay when facts are erased. Facts are sealed, except where a kind is *open*. Beside its own marks
every entry has \`vouch\`, who stands behind it: \`machine\`, \`third-party\`, \`both\` or \`company\`. Where something was entered later than it happened,
\`effective_at\` is the time that is claimed for it; \`opening: yes\` marks evidence from before Avow, which nobody witnessed. A kind is never renamed; facts
that change their shape get a new kind. This page is written by \`npm run docs\` from the kinds themselves.

${sections.join('\n')}`
}

const vouches: Record<Vouch, string> = {
  machine: 'A machine that looked vouches.', 'third-party': 'A third party vouches.', both: 'Both sides of the matter vouch.', company: 'The company says so.',
}

function opening(stream: Stream): string {
  const { opens, delayDays } = streams[stream]
  if (stream === 'ledger') return 'Always public at once.'
  if (opens === 'delayed') return `Public after ${delayDays} days, unless the organisation chooses otherwise.`
  return opens === 'at-once' ? 'Public at once, unless the organisation chooses otherwise.' : 'Sealed, unless the organisation chooses otherwise.'
}

function section({ kind, about, subjects, optional = [], marks, facts, vouch, open }: Kind): string {
  const named = [...subjects.map((subject) => `\`${subject}\``), ...optional.map((subject) => `\`${subject}\` (optional)`)]
  const rows = [
    `- About: ${named.join(', ') || 'the log or the organisation as a whole'}`,
    `- Marks: ${shape(marks) || 'none of its own'}`,
    `- Facts${open ? ', open' : ''}: ${shape(facts) || 'none'}`,
  ]
  return `### ${kind}\n\n${about ?? ''} ${vouches[vouch]}\n\n${rows.join('\n')}\n`
}

/** `by` (human, machine), `severity` (…) */
function shape(schema: z.ZodObject): string {
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties).map(([name, property]) => {
    const values = typeof property === 'object' && property.enum ? ` (${property.enum.join(', ')})` : ''
    return `\`${name}\`${required.includes(name) ? '' : '?'}${values}`
  }).join(', ')
}
