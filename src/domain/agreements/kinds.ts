import { z } from 'zod'
import { defineKind, type Kind } from '../../ledger/index.ts'
import { agreementSigned, confidentialitySigned } from '../systems/index.ts'

export const agreementPublished = defineKind({
  kind: 'agreement.published', about: 'A version of an agreement is there to be signed.',
  stream: 'systems', subjects: ['agreement'], vouch: 'company', marks: z.object({ agreement: z.string() }),
  facts: z.object({ agreement: z.string(), title: z.string(), version: z.number(), text_sha256: z.string() }),
})
export const agreementWithdrawn = defineKind({
  kind: 'agreement.withdrawn', about: 'Nobody is asked to sign the agreement any more. What was signed stays signed.',
  stream: 'systems', subjects: ['agreement'], vouch: 'company', marks: z.object({ agreement: z.string() }), facts: z.object({}),
})

/** What signing the agreement is to the promises. */
export const signedKind = ({ confidentiality }: { confidentiality: boolean }): typeof confidentialitySigned =>
  confidentiality ? confidentialitySigned : agreementSigned

export const signing = ['nda.signed', 'agreement.signed'] as const satisfies Kind['kind'][]
