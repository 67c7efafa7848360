import type { Module } from './web/module.ts'
import { people } from './domain/accounts/index.ts'

/** The table of contents: every part of the application, in the order in which its pages are mounted. */
export const modules: readonly Module[] = [
  people,
]
