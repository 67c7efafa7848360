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

const backup = () => import('./ops/commands/backup.ts')
const database = () => import('./ops/commands/database.ts')
const keys = () => import('./command-line/keys.ts')
const policy = () => import('./command-line/policy.ts')

/** Each is loaded when it is called, so that the others start quickly. */
export const commands: readonly Command[] = [
  { name: 'start', summary: 'Starts Avow and its database, and stays.', run: async () => void await import('./main.ts') },
  {
    name: 'login', summary: 'Keeps the address and key of an Avow for the commands that use its API.',
    usage: 'URL', run: async (args) => (await import('./command-line/login.ts')).login(args),
  },
  { name: 'keys status', summary: 'Lists the epochs of the keyring, the data keys of each, and when it ends.', run: async () => (await keys()).printStatus() },
  { name: 'keys rotate', summary: 'Begins a new epoch of the keyring and wraps all data keys anew.', run: async () => (await keys()).rotate() },
  { name: 'keys next', summary: 'Prints the keyring with one epoch more, for a keyring in the environment.', run: async () => (await keys()).printNext() },
  { name: 'keys forget', summary: 'Ends a retired epoch of a keyring in the environment.', usage: 'EPOCH', run: async (args) => (await keys()).forget(args) },
  {
    name: 'keys guard', summary: 'Puts the keyring’s file under the key service that is set.', run: async () => (await keys()).guard(),
  },
  {
    name: 'example load', summary: 'Adds the two invented organisations with half a year of work each, or the one named.',
    usage: '[NAME]', run: async (args) => (await import('./command-line/example.ts')).loadExamples(args),
  },
  {
    name: 'open-link', summary: 'Prints a one-time link that makes whoever opens it an administrator.', usage: '[SLUG]',
    run: async (args) => (await import('./command-line/open-link.ts')).openLink(args),
  },
  {
    name: 'openpgp decrypt', summary: 'Prints what was encrypted to the organisation’s OpenPGP key; without FILE it reads standard input.',
    usage: '[FILE] [--organization SLUG]', run: async (args) => (await import('./command-line/openpgp.ts')).decryptFile(args),
  },
  {
    name: 'policy check', summary: 'Tells what each sentence of a policy will mean, with example dates.',
    usage: 'FILE', run: async (args) => (await policy()).check(args),
  },
  {
    name: 'policy import', summary: 'Keeps the text of an existing page and proposes its rules.',
    usage: 'FILE|URL [--to FILE]', run: async (args) => (await policy()).importPage(args),
  },
  {
    name: 'policy publish', summary: 'Drafts, submits, approves, rehearses and publishes a policy from a file.',
    usage: 'FILE [--policy SLUG] [--show public]', run: async (args) => (await policy()).publish(args),
  },
  {
    name: 'verify', summary: 'Checks an organisation’s log and every public standing, or a receipt, trusting nobody.',
    usage: 'URL | RECEIPT [CONTENT [FILE …]]',
    run: async (args) => (await import('avow-verify/cli')).runVerify(args, process.stdout, process.stderr.isTTY ? process.stderr : undefined),
  },
  {
    name: 'search reindex', summary: 'Indexes every report anew, as after a change of language.', usage: '[--organization SLUG]',
    run: async (args) => (await import('./command-line/search.ts')).reindex(args),
  },
  {
    name: 'backup', summary: 'Writes everything in the database to one sealed file.',
    usage: '[FILE]', run: async (args) => (await backup()).backupCommand(args),
  },
  {
    name: 'restore', summary: 'Fills an empty database from a backup and the tail, and checks every ledger.',
    usage: 'FILE [--tail FOLDER | --without-tail [--lost FILE]]',
    run: async (args) => (await backup()).restoreCommand(args),
  },
  {
    name: 'doctor', summary: 'Looks at everything, changes nothing, and says what to mend.',
    run: async () => (await import('./ops/commands/doctor.ts')).doctorCommand(),
  },
  {
    name: 'database setup', summary: 'Makes roles, database and schema on a PostgreSQL of yours, or prints how.', usage: '[--as URL] [--database NAME]',
    run: async (args) => (await database()).setupCommand(args),
  },
  { name: 'database migrate', summary: 'Brings the schema up to this version.', run: async () => (await database()).migrateCommand() },
]
