/** What goes into security.txt. Addresses are absolute; `now` is when it is asked for. */
export interface SecurityTxt { report: string; policy: string | null; canonical: string; encryption: string; mailbox: string | null; now: Temporal.Instant }

const validHours = 30 * 24

/**
 * `/.well-known/security.txt` (RFC 9116). It is written when it is asked for, so it cannot expire while the server runs: *Expires* is always
 * thirty days ahead, at midnight UTC, so that caches and comparisons see one text a day.
 */
export function securityTxt({ report, policy, canonical, encryption, mailbox, now }: SecurityTxt): string {
  const expires = now.add({ hours: validHours }).round({ smallestUnit: 'hour', roundingMode: 'floor' })
  const day = expires.toString().slice(0, 10)
  return [
    `Contact: ${report}`,
    ...(mailbox ? [`Contact: mailto:${mailbox}`] : []),
    `Expires: ${day}T00:00:00Z`,
    `Encryption: ${encryption}`,
    'Preferred-Languages: en',
    `Canonical: ${canonical}`,
    ...(policy ? [`Policy: ${policy}`] : []),
    '',
  ].join('\r\n')
}
