// npm test [FILES]: every test, or those named, on one real PostgreSQL, and a line that counts them.
import { execFileSync } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { join } from 'node:path'
import { run } from 'node:test'
import { spec } from 'node:test/reporters'
import { startTestServer } from '../test/support/postgres.ts'
import { missingTools, tools } from '../test/support/needs.ts'

const root = join(import.meta.dirname, '..')
const everything = ['src/**/*.test.{ts,tsx}', 'packages/*/{src,test}/**/*.test.ts', 'test/{journeys,rules,support}/**/*.test.{ts,tsx}']

process.chdir(root)
installTools()
const files = globSync(process.argv.length > 2 ? process.argv.slice(2) : everything, { exclude: (path) => path.includes('node_modules') })
const server = await startTestServer()
process.env.AVOW_TEST_SOCKET = server.socket
const tests = run({
  files: files.sort(), concurrency: 2, timeout: 600_000,
  execArgv: ['--import', join(root, 'bin/loader.mjs'), '--disable-warning=ExperimentalWarning'],
})
let counts = { passed: 0, failed: 0, skipped: 0 }
tests.on('test:summary', (summary) => {
  if (summary.file !== undefined) return
  const { tests, passed, skipped, todo } = summary.counts
  counts = { passed, skipped, failed: tests - passed - skipped - todo }
})
tests.compose(new spec()).pipe(process.stdout)
tests.once('close', finish)

async function finish(): Promise<void> {
  await server.stop()
  for (const tool of missingTools()) console.log(`SKIPPED what needs ${tool}: it is not installed (apt install ${tools[tool].package}).`)
  console.log(`${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`)
  process.exitCode = counts.failed > 0 || counts.passed === 0 ? 1 : 0
}

/** Only where nobody is asked and nothing is risked: as root on a Debian, unless told not to. */
function installTools(): void {
  const missing = missingTools()
  const may = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get') && process.env.AVOW_TEST_INSTALL !== 'no'
  if (missing.length === 0 || !may) return
  const packages = missing.map((tool) => tools[tool].package)
  console.log(`Installing ${packages.join(', ')} for the tests that need them (AVOW_TEST_INSTALL=no leaves them out) …`)
  const apt = (...args: string[]) => execFileSync('apt-get', ['-q', '-y', ...args], {
    stdio: ['ignore', 'ignore', 'inherit'], timeout: 600_000, env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  try {
    apt('update')
    apt('install', '--no-install-recommends', ...packages)
  } catch { console.log('The installation failed; those tests are skipped.') }
}
