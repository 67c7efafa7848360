// The command line: commands of this machine, and every operation of the API, derived from its declaration.
import { WrongUsage } from './command-line/wrong-usage.ts'
import { commands } from './commands.ts'

/** Runs one command; the answer is the exit status: 0 done, 1 refused or failed, 2 not understood. */
async function run(args: readonly string[]): Promise<number> {
  const [first, second] = args
  for (const words of [2, 1]) {
    const local = commands.find(({ name }) => name === args.slice(0, words).join(' '))
    if (local) return args.includes('--help') ? say((await import('./command-line/help.ts')).commandPage(local)) : await local.run(args.slice(words)) ?? 0
  }
  const { operations } = await import('./command-line/operations.ts')
  if (first === undefined || ['help', '--help', '-h'].includes(first)) return say((await import('./command-line/help.ts')).overview(commands, operations))
  const operation = operations.find(`${first}.${second ?? ''}`)
  return operation ? (await import('./command-line/call.ts')).call(operation, args.slice(2)) : unknown(args)
}

async function unknown(args: readonly string[]): Promise<number> {
  const [{ operations }, { suggest }] = [await import('./command-line/operations.ts'), await import('./command-line/suggest.ts')]
  const names = [...commands.map(({ name }) => name), ...[...operations.verbs, ...operations.queries].map(({ name }) => name.replace('.', ' '))]
  const ofNoun = names.filter((name) => name.startsWith(`${args[0]} `))
  const nearest = suggest(args.slice(0, 2).join(' '), names) ?? suggest(args[0]!, names)
  console.error(`There is no command “${args.slice(0, 2).join(' ')}”.`)
  if (nearest) console.error(`Did you mean “avow ${nearest}”?`)
  else if (ofNoun.length > 0) console.error(`There are: ${ofNoun.join(', ')}.`)
  else console.error('avow help lists those there are.')
  return 2
}

function say(text: string): number {
  console.log(text)
  return 0
}

try {
  process.exitCode = await run(process.argv.slice(2))
} catch (error) {
  console.error((error as Error).message)
  process.exitCode = error instanceof WrongUsage ? 2 : 1
}
