import { permissions } from '../access/roles.ts'
import type { Command } from '../commands.ts'
import type { Operation, Registry } from '../verbs/registry.ts'
import { flagsOf, type Flag } from './flags.ts'

/** The first page: every command there is, a line each. */
export function overview(commands: readonly Command[], operations: Registry): string {
  const remote = [...operations.verbs, ...operations.queries].toSorted((a, b) => a.name.localeCompare(b.name))
  return [
    'Avow: a security policy that proves it is kept.', '', 'Usage: avow COMMAND [options]', '',
    'On this machine:', ...columns(commands.map(({ name, summary }) => [name, summary])), '',
    'Through the API (AVOW_URL and AVOW_KEY, or avow login):', ...columns(remote.map(({ name, summary }) => [name.replace('.', ' '), summary])), '',
    'avow COMMAND --help tells more about one of them.',
  ].join('\n')
}

export function pageOf(operation: Operation): string {
  const flags = flagsOf(operation)
  const allowed: readonly string[] = permissions[operation.may]
  return [
    operation.summary, '', `Usage: avow ${operation.name.replace('.', ' ')} ${flags.map(usage).join(' ')}`.trimEnd(), '',
    ...columns([...flags.map((flag): [string, string] => [`--${flag.name}`, aboutFlag(flag)]), ['--json', 'Prints the answer as JSON.'],
      ...(operation.is === 'verb' ? [['--idempotency-key', 'Under the same key it happens once, however often it is called.'] as [string, string]] : [])]),
    '', `Permission: ${operation.may} (${allowed.join(', ')}).`,
  ].join('\n')
}

export const commandPage = ({ name, summary, usage = '' }: Command): string => `${summary}\n\nUsage: avow ${name} ${usage}`.trimEnd()

function usage(flag: Flag): string {
  const typed = flag.kind === 'yes-no' ? `--[no-]${flag.name}` : `--${flag.name} ${flag.choices.length > 0 ? flag.choices.join('|') : words[flag.kind]}`
  const once = flag.required ? typed : `[${typed}]`
  return flag.many ? `${once} …` : once
}

const words: Record<Flag['kind'], string> = { text: 'TEXT', number: 'N', 'yes-no': '', json: 'JSON', file: 'FILE' }

const aboutFlag = ({ about, required, many, choices }: Flag): string =>
  [about, choices.length > 0 && `One of ${choices.join(', ')}.`, required && 'Needed.', many && 'Can be given several times.'].filter(Boolean).join(' ')

function columns(rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`.trimEnd())
}
