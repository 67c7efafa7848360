import type { Judge } from './verdict.ts'

export const monitors: Judge = async function* () {}
