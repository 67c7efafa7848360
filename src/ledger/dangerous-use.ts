import { z } from 'zod'
import { recordUsesBy } from '../verbs/dangerous-use.ts'
import { append } from './append.ts'
import { defineKind } from './kinds.ts'

const dangerousUse = defineKind({
  kind: 'access.used', about: 'Somebody used a permission that is dangerous in other hands, for something that leaves no other entry: an export, for instance.',
  stream: 'people', subjects: [], marks: z.object({ operation: z.string() }), facts: z.object({}), vouch: 'machine',
})

// It is appended whatever the operation has declared.
recordUsesBy((tx, operation) => append({ ...tx, entries: [dangerousUse.kind] }, dangerousUse, { subjects: {}, marks: { operation }, facts: {} }))
