import { fileURLToPath } from 'node:url'
import { readMigrations } from './migrate.ts'

/** Those of this version, oldest first. */
export const migrations = readMigrations(fileURLToPath(new URL('../../migrations', import.meta.url)))
