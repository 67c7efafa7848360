// Avow, started: settings, storage, ledger, jobs, pages. It stops in the opposite order.
import { createApp } from './app.ts'
import { startBackground } from './background.ts'
import { readSettings, SettingsProblem, type Settings } from './config/index.ts'
import { firstStart, welcome } from './domain/organizations/index.ts'
import { createLog, type Log } from './lib/log.ts'
import { databaseCheck, diskCheck, healthAnswers, ledgerCheck, migrationsCheck } from './ops/health.ts'
import { serveHttp } from './ops/http-server.ts'
import { Lifecycle } from './ops/lifecycle.ts'
import { openStorage } from './ops/storage.ts'

async function start(settings: Settings, log: Log, lifecycle: Lifecycle): Promise<void> {
  const storage = await openStorage(settings, { log, say: console.log })
  lifecycle.started('database', () => storage.close())
  const { database } = storage
  const checks = [databaseCheck(database), migrationsCheck(database), ledgerCheck(database), diskCheck(settings.AVOW_DATA)]
  const health = healthAnswers(checks, (check, problem) => log.error({ check, problem }, 'not ready'))
  const first = await firstStart(database, { name: settings.AVOW_ORGANIZATION, logOrigin: settings.AVOW_LOG_ORIGIN })
  await startBackground(database, settings, log, lifecycle)
  const app = createApp({ database, settings, log })
  const server = await serveHttp((request, bindings) => health(new URL(request.url).pathname) ?? app(request, bindings),
    { port: settings.PORT, host: settings.AVOW_LISTEN })
  lifecycle.started('http', () => server.stop(settings.AVOW_SHUTDOWN_SECONDS * 1000))
  for (const line of welcome(first, settings.PORT === 0 ? `http://localhost:${server.port}` : settings.AVOW_URL)) console.log(line)
}

/** A second signal changes nothing: what runs is given its time, and no more than that. */
function stopOn(signals: NodeJS.Signals[], lifecycle: Lifecycle): void {
  for (const signal of signals) process.on(signal, () => void lifecycle.stop().then(() => process.exit(process.exitCode ?? 0)))
}

function readOrExit(): Settings {
  try { return readSettings(process.env) } catch (error) {
    if (!(error instanceof SettingsProblem)) throw error
    console.error(error.message)
    process.exit(2)
  }
}

const settings = readOrExit()
const log = createLog(settings.AVOW_LOG_LEVEL)
const lifecycle = new Lifecycle(log)
stopOn(['SIGTERM', 'SIGINT', 'SIGHUP'], lifecycle)
try { await start(settings, log, lifecycle) } catch (error) {
  // What we refuse on purpose is a sentence; the rest needs its place in the code.
  console.error((error as Error).message)
  log.fatal({ error }, 'Avow did not start')
  process.exitCode = 1
  await lifecycle.stop()
  process.exit()
}
