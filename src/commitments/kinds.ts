import { z } from 'zod'
import { defineKind } from '../ledger/index.ts'

/* The engine of avow-verify reads these entries, on the server and outside of it: their shape is a published format. */

export const calendarSet = defineKind({
  kind: 'calendar.set',
  about: 'The time zone, the workdays and the holidays by which deadlines are counted from here on.',
  stream: 'systems', subjects: ['calendar'], vouch: 'company', open: true,
  marks: z.object({}),
  facts: z.object({ zone: z.string(), workdays: z.array(z.int().min(1).max(7)).min(1), holidays: z.array(z.iso.date()) }),
})

export const sourceConnected = defineKind({
  kind: 'source.connected',
  about: 'Which kinds of entries a source feeds from here on, and who vouches for them. What nothing feeds is unproven.',
  stream: 'systems', subjects: ['source'], vouch: 'company', open: true,
  marks: z.object({}),
  facts: z.object({
    source: z.string(),
    kinds: z.array(z.string()),
    vouch: z.enum(['machine', 'third-party', 'both', 'company']),
    /** Ed25519, base64: what it signs its results with. */
    public_key: z.string().optional(),
  }),
})

export const absenceAttested = defineKind({
  kind: 'absence.attested',
  about: 'The company’s dated word that what a commitment says never happens has not happened. It holds for a year.',
  stream: 'policies', subjects: ['policy'], vouch: 'company', open: true,
  marks: z.object({ policy: z.string(), mark: z.string() }),
  facts: z.object({ statement: z.string() }),
})
