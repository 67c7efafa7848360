/**
 * People: who may enter and as whom. An account is one person for the whole deployment; a membership says what they may
 * be in one organisation. No password, token or link is ever stored as it is, and no answer tells whether an account exists.
 */
import type { Module } from '../../web/module.ts'
import { signInPages } from './pages/sign-in.tsx'

export const people: Module = {
  name: 'people',
  verbs: [],
  queries: [],
  pages(web) { signInPages(web) },
}
