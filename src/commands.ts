/** A command that works on this machine rather than through the API: it opens the data folder or the database itself. */
export interface Command {
  /** One or two words, as they are typed: `keys rotate`. */
  readonly name: string
  readonly summary: string
  /** Arguments after the name, for the usage line. */
  readonly usage?: string
  /** Answers the exit status; nothing counts as 0. */
  run(args: readonly string[]): Promise<number | void>
}

const keys = () => import('./command-line/keys.ts')

/** Each is loaded when it is called, so that the others start quickly. */
export const commands: readonly Command[] = [
  { name: 'start', summary: 'Starts Avow and its database, and stays.', run: async () => void await import('./main.ts') },
  { name: 'login', summary: 'Keeps the address and key of an Avow for the commands that use its API.', usage: 'URL', run: async (args) => (await import('./command-line/login.ts')).login(args) },
  { name: 'keys status', summary: 'Lists the epochs of the keyring, the data keys of each, and when it ends.', run: async () => (await keys()).printStatus() },
  { name: 'keys rotate', summary: 'Begins a new epoch of the keyring and wraps all data keys anew.', run: async () => (await keys()).rotate() },
  { name: 'keys next', summary: 'Prints the keyring with one epoch more, for a keyring in the environment.', run: async () => (await keys()).printNext() },
  { name: 'keys forget', summary: 'Ends a retired epoch of a keyring in the environment.', usage: 'EPOCH', run: async (args) => (await keys()).forget(args) },
]
