import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename } from 'node:path'
import { parseArgs } from 'node:util'
import { defaultCalendar } from 'avow-verify'
import { modules } from '../app.ts'
import { checkPolicy, importPolicy, knownKinds, policies, readPolicy, type Check, type Proposal } from '../domain/policies/index.ts'
import { fedKinds } from '../domain/systems/index.ts'
import { call } from './call.ts'
import { WrongUsage } from './wrong-usage.ts'

/** `avow policy check FILE`: what each sentence will mean, before anybody is bound by it. Exit status 1 when something has to be mended. */
export function check(args: readonly string[]): number {
  const file = onlyArgument(args, 'policy check FILE')
  const fed = new Set(fedKinds(modules.flatMap((module) => module.verbs)))
  const found = checkPolicy(read(file), { known: knownKinds(), fed, calendar: defaultCalendar, from: Date.now() })
  console.log(checkReport(file, found))
  return found.problems.length > 0 ? 1 : 0
}

export function checkReport(file: string, { title, promises, requests, permissions, unmarked, problems }: Check): string {
  return [
    title ?? 'Without a title: begin with a heading.', '',
    ...promises.flatMap(({ mark, line, sentence, rule, words, owner, examples, warnings }) => [
      `${sentence}  [^${mark}], line ${line}`, `  ${rule}`, `  ${words}${owner === undefined ? '' : ` Kept by: ${owner}.`}`,
      ...examples.map((example) => `  - ${example}`), ...warnings.map((warning) => `  ! ${warning}`), '',
    ]),
    ...unmarked.map(({ line, text }) => `! ${file}:${line} reads like a promise and has no rule: ${text}`),
    ...problems.flatMap(({ line, column, message, nearest }) =>
      [`✗ ${file}:${line}:${column} ${message}`, ...nearest === undefined ? [] : [`  Write: ${nearest}`]]),
    `${promises.length} promises, ${requests.length} requests, ${permissions.length} permissions, `
      + `${unmarked.length} without a rule, ${problems.length} to be mended.`,
  ].join('\n')
}

/** `avow policy import FILE|URL [--to FILE]`: keeps a page's text, and proposes a rule for every sentence that promises something. */
export async function importPage(args: readonly string[]): Promise<number> {
  const usage = 'policy import FILE|URL [--to FILE]'
  const { values, positionals } = parseArgs({ args: [...args], options: { to: { type: 'string', default: 'policy.md' } }, allowPositionals: true })
  const from = onlyArgument(positionals, usage)
  if (existsSync(values.to)) throw new WrongUsage(`${values.to} exists. Name another file with --to.`)
  const { markdown, proposals } = importPolicy(/^https?:/.test(from) ? await download(from) : read(from), from)
  writeFileSync(values.to, markdown)
  console.log(`${importReport(proposals)}\nWritten to ${values.to}. Read it, confirm or change each rule, then: avow policy check ${values.to}`)
  return 0
}

export function importReport(proposals: readonly Proposal[]): string {
  const count = (kind: Proposal['kind']) => proposals.filter((proposal) => proposal.kind === kind).length
  return [
    ...proposals.flatMap(({ kind, sentence, reason, rules, repeats }) => [
      `${kind.padEnd(10)} ${sentence}`,
      ...rules.map(({ mark, rule, assumed }) => `           [^${mark}] ${rule}${assumed === undefined ? '' : `  ← confirm: ${assumed} is a guess`}`),
      ...rules.length > 0 ? [] : [`           ${repeats.length > 0 ? `Its rule stands at ${repeats.map((mark) => `[^${mark}]`).join(', ')}.` : reason}`],
    ]),
    '', `${count('promise')} promises, ${count('request')} requests, ${count('permission')} permissions, ${count('statement')} statements.`,
  ].join('\n')
}

export const publishUsage = 'FILE [--policy SLUG] [--summary TEXT] [--significant] [--show public|auditor|private] [--in-force-at TIME]'

/**
 * `avow policy publish FILE`: draft, submission, approval, rehearsal and publication, one after the other, as whoever the key belongs
 * to. It stops where a second person has to approve; `avow policy publish --policy SLUG` goes on from there.
 */
export async function publish(args: readonly string[]): Promise<number> {
  const operation = (name: string) => policies.verbs.find((verb) => verb.name === name)!
  if (args[0] === undefined || args[0].startsWith('-')) return call(operation('policy.publish'), args)
  const { values, positionals } = parseArgs({
    args: [...args], allowPositionals: true,
    options: {
      policy: { type: 'string' }, summary: { type: 'string' }, significant: { type: 'boolean' }, show: { type: 'string' }, 'in-force-at': { type: 'string' },
    },
  })
  const file = onlyArgument(positionals, `policy publish ${publishUsage}`)
  const policy = ['--policy', values.policy ?? basename(file).replace(/\.[^.]*$/, '')]
  const text = read(file)
  const marks = readPolicy(text).commitments.flatMap(({ mark }) => ['--marks', mark])
  const steps: [string, string[]][] = [
    ['policy.draft', [...policy, '--text', text, ...values.summary ? ['--summary', values.summary] : [], ...values.significant ? ['--significant'] : []]],
    ['policy.submit', policy],
    ['policy.approve', policy],
    ['policy.rehearse', policy],
    ...values.show && marks.length > 0 ? [['commitment.set-publication', [...policy, ...marks, '--publication', values.show]] as [string, string[]]] : [],
    ['policy.publish', [...policy, ...values['in-force-at'] ? ['--in-force-at', values['in-force-at']] : []]],
  ]
  for (const [name, flags] of steps) {
    const status = await call(operation(name), flags)
    if (status !== 0) return status
  }
  return 0
}

function onlyArgument(args: readonly string[], usage: string): string {
  if (args.length !== 1) throw new WrongUsage(`Usage: avow ${usage}`)
  return args[0]!
}

function read(file: string): string {
  try { return readFileSync(file, 'utf8') } catch { throw new WrongUsage(`The file ${file} cannot be read.`) }
}

const MOST_BYTES = 5_000_000

async function download(url: string): Promise<string> {
  const response = await fetch(url, { signal: AbortSignal.timeout(30_000), headers: { accept: 'text/html, text/markdown, text/plain' } })
    .catch(() => { throw new WrongUsage(`Nothing answers at ${url}.`) })
  if (!response.ok) throw new WrongUsage(`${url} answered ${response.status}.`)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    if ((size += chunk.length) > MOST_BYTES) throw new WrongUsage(`${url} is longer than ${MOST_BYTES / 1e6} MB.`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
