// Runs one of our programs from a fresh clone: installs what package-lock.json names, once, and hands over to the
// Node.js that comes with it. Written for whatever Node.js (20 or newer) the machine has; nothing else here is.
import { spawn, spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { homedir, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const ownNode = join(root, 'node_modules/.bin/node')

/** npm leaves the list of what it installed; it is written last, so an interrupted installation has none. */
function isInstalled() {
  const wanted = readPackages('package-lock.json')
  const there = readPackages('node_modules/.package-lock.json')
  if (!there || !existsSync(ownNode)) return false
  const optionalElsewhere = ({ optional }, path) => optional && !there[path]
  return Object.entries(wanted).every(([path, entry]) =>
    !path.startsWith('node_modules/') || optionalElsewhere(entry, path) || there[path]?.version === entry.version)
}

function readPackages(file) {
  try { return JSON.parse(readFileSync(join(root, file), 'utf8')).packages } catch { return undefined }
}

function install() {
  demandWritable()
  console.error('Installing what package-lock.json names (once, about half a minute) …')
  const npm = process.env.npm_execpath ? [process.execPath, process.env.npm_execpath] : ['npm']
  const cache = isWritable(homedir()) ? {} : { npm_config_cache: mkdtempSync(join(tmpdir(), 'avow-npm-')) }
  const { status } = spawnSync(npm[0], [...npm.slice(1), 'ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root, stdio: ['ignore', 2, 2], env: { ...process.env, ...cache },
  })
  if (status !== 0 || !existsSync(ownNode)) fail('The installation failed; npm says why above. Nothing has been started.')
}

function demandWritable() {
  if (isWritable(root)) return
  fail(`${root} belongs to somebody else, and nothing is installed in it yet. Run “npm ci” there as its owner, or work in your own clone.`)
}

function isWritable(folder) {
  try { accessSync(folder, constants.W_OK); return true } catch { return false }
}

/** The signals that a supervisor sends reach the program itself, and its end is ours. */
function handOver(script, args) {
  const child = spawn(ownNode, [fileURLToPath(import.meta.url), script, ...args], { stdio: 'inherit' })
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGKILL' ? 137 : 143)))
}

function fail(sentence) {
  console.error(sentence)
  process.exit(1)
}

const [script, ...args] = process.argv.slice(2)
if (!script) fail('Usage: node bin/bootstrap.mjs FILE [arguments]')
if (Number(process.versions.node.split('.')[0]) < 20) fail(`Node.js 20 or newer is needed to begin; this is ${process.version}.`)
if (!isInstalled()) install()

const { version } = createRequire(import.meta.url)(join(root, 'node_modules/node/package.json'))
if (process.version === `v${version}`) {
  const file = resolve(root, script)
  process.argv = [process.argv[0], file, ...args]
  await import('./loader.mjs')
  await import(pathToFileURL(file).href)
} else {
  handOver(script, args)
}
