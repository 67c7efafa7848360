import { z } from 'zod'
import { defineKind } from '../../ledger/index.ts'

export const deliveryFailed = defineKind({
  kind: 'report.delivery-failed',
  about: 'A mail to the reporter did not arrive: the other side refused it, or sent it back.',
  stream: 'disclosure', subjects: ['report'], marks: z.object({}), facts: z.object({ status: z.string().nullable() }), vouch: 'machine',
})
