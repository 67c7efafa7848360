import { z } from 'zod'
import { query } from '../../verbs/verb.ts'
import { readAsGuest } from '../reports/index.ts'
import { guestBehind } from './talk.ts'

/** The case as far as this guest was let. */
export const readCase = query({
  name: 'guest.read',
  summary: 'Read the case that you were let into, as far as you were let.',
  may: 'reports.assist',
  input: z.object({}),
  run: ({ tx, actor }) => readAsGuest(tx, guestBehind(actor)),
})
