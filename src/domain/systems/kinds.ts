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

const ofVendor = { stream: 'systems', subjects: ['vendor'], vouch: 'company', marks: z.object({}), facts: z.object({ note: z.string().default(''), reference: z.string().default('') }) } as const

export const vendorListed = defineKind({ kind: 'vendor.listed', about: 'The company uses this vendor: promises for each vendor are about it from here on.', ...ofVendor })
export const vendorEnded = defineKind({ kind: 'vendor.ended', about: 'The company no longer uses this vendor.', ...ofVendor })
