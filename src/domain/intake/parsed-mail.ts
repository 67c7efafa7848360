import { z } from 'zod'

const Nature = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('person') }),
  z.object({ kind: z.literal('bulk'), why: z.string() }),
  z.object({ kind: z.literal('automatic'), why: z.string() }),
  z.object({
    kind: z.literal('bounce'), action: z.enum(['failed', 'delayed', 'delivered']), status: z.string().nullable(), recipient: z.string().nullable(),
    about: z.array(z.string()).readonly(),
  }),
])

/** What `readMail` made of a message, but for its files: those are staged on their own. */
export const ParsedMail = z.object({
  from: z.object({ name: z.string(), address: z.string() }).nullable(),
  to: z.array(z.string()).readonly(),
  subject: z.string(),
  text: z.string(),
  date: z.string().nullable(),
  messageId: z.string().nullable(),
  follows: z.array(z.string()).readonly(),
  nature: Nature,
})
export type ParsedMail = z.output<typeof ParsedMail>

export const Vouching = z.object({
  verdict: z.enum(['vouches', 'does not', 'unknown']), domain: z.string(), dkim: z.string(), spf: z.string().nullable(), dmarc: z.string(),
})
