import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

const ofSystem = { stream: 'systems', subjects: ['system'], vouch: 'company', open: true, marks: z.object({ system: z.string() }) } as const

export const systemListed = defineKind({
  kind: 'system.listed', about: 'The company has this system: promises for each system are about it from here on.',
  ...ofSystem, facts: z.object({ system: z.string(), title: z.string() }),
})
export const systemRetired = defineKind({
  kind: 'system.retired', about: 'The company no longer has this system.',
  ...ofSystem, facts: z.object({ system: z.string(), reason: z.string() }),
})
