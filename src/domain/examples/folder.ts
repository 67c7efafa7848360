import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { History } from './history.ts'

const folder = join(import.meta.dirname, '../../../examples')

/** The short names of the examples that come with Avow. */
export const exampleNames = (): string[] => readdirSync(folder)

export const readExample = (name: string, file: string): string => readFileSync(join(folder, name, file), 'utf8')

/** Null where no example has this name. */
export const findHistory = (name: string): History | null =>
  existsSync(join(folder, name, 'history.json')) ? History.parse(JSON.parse(readExample(name, 'history.json'))) : null
