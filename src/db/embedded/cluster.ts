import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { canReach, isRoot, ownFolder, runAsServer } from './account.ts'
import { rootsFolder, type Binaries } from './binaries.ts'

/**
 * The folder of the database's files, made with initdb when it is not there. It appears under its name only when it is
 * complete, so that neither a crash nor a second process finds half of one.
 */
export async function prepareCluster(dataFolder: string, binaries: Binaries): Promise<string> {
  mkdirSync(dataFolder, { recursive: true, mode: isRoot ? 0o711 : 0o700 })
  const cluster = join(dataFolder, 'postgres')
  if (existsSync(join(cluster, 'PG_VERSION'))) return cluster
  const partial = join(homeFor(cluster), `postgres.${process.pid}.new`)
  ownFolder(partial)
  await initialise(partial, binaries)
  publish(partial, cluster)
  return cluster
}

/** Beside the other data, unless root keeps that where the server's account cannot go. */
function homeFor(cluster: string): string {
  if (canReach(cluster)) return dirname(cluster)
  const home = join(rootsFolder, `data-${randomBytes(6).toString('hex')}`)
  mkdirSync(home, { recursive: true, mode: 0o711 })
  return home
}

function publish(partial: string, cluster: string): void {
  try {
    if (dirname(partial) === dirname(cluster)) return renameSync(partial, cluster)
    const home = join(dirname(partial), 'postgres')
    renameSync(partial, home)
    symlinkSync(home, cluster)
  } catch (error) {
    // Another process was faster, and its cluster is as good as ours.
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(join(cluster, 'PG_VERSION'))) throw error
  }
}

async function initialise(folder: string, { initdb }: Binaries): Promise<void> {
  const child = runAsServer(initdb, ['-D', folder, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8', '--locale=C', '--no-instructions'], ['ignore', 'pipe', 'pipe'])
  let said = ''
  child.stdout?.on('data', (chunk) => { said += chunk })
  child.stderr?.on('data', (chunk) => { said += chunk })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`The database could not be created in ${basename(folder)} (initdb ended with ${code}): ${said.trim()}`)
}
