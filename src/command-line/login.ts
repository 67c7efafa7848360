import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { WrongUsage } from './wrong-usage.ts'

/** Where the commands that use the API find it, and as whom. */
export interface Login { readonly url: string; readonly key: string | undefined }

const file = () => join(process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config'), 'avow', 'login.json')

/** The environment goes before what `avow login` has kept. */
export function findLogin(): Login {
  const kept = readKept()
  const url = process.env['AVOW_URL'] ?? kept?.url
  if (!url) throw new WrongUsage('Set AVOW_URL (and AVOW_KEY), or run “avow login URL”.')
  return { url: url.replace(/\/+$/, ''), key: process.env['AVOW_KEY'] ?? (kept?.url === url ? kept.key : undefined) }
}

/** `avow login URL < key`: the key is read from standard input, because what is typed as an argument stays in the shell's history. */
export async function login([url]: readonly string[]): Promise<void> {
  if (!url || !URL.canParse(url)) throw new WrongUsage('Usage: avow login URL, with the key on standard input.')
  if (process.stdin.isTTY) console.error('Paste the key, then press Enter and Ctrl-D.')
  const key = (await text(process.stdin)).trim()
  if (!key) throw new WrongUsage('There was no key on standard input. An administrator makes one at the desk, under Keys.')
  mkdirSync(dirname(file()), { recursive: true, mode: 0o700 })
  writeFileSync(file(), JSON.stringify({ url: url.replace(/\/+$/, ''), key } satisfies Login), { mode: 0o600 })
  console.log(`Kept in ${file()}, readable by you alone.`)
}

function readKept(): Login | null {
  try { return JSON.parse(readFileSync(file(), 'utf8')) as Login } catch { return null }
}
