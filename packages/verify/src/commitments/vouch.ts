/** Who stands behind an entry, the weakest first. */
export const vouchers = ['company', 'both', 'third-party', 'machine'] as const
export type Vouch = (typeof vouchers)[number]

/** 0 the company alone, 1 both sides of the matter, 2 a third party, 3 a machine that looked. What says nothing is the company's word. */
export function strengthOf(vouch: unknown): number {
  return Math.max(0, vouchers.indexOf(vouch as Vouch))
}
