/** One thing with a date, in a calendar. */
export interface CalendarItem {
  /** The same for the same thing at any time. */
  readonly uid: string
  /** Milliseconds since 1970 UTC. */
  readonly at: number
  readonly title: string
  readonly url: string
}

/** An iCalendar file (RFC 5545): a moment for each item, in UTC. Lines end with CRLF and are folded at 75 octets. */
export function calendarFile(name: string, items: readonly CalendarItem[], nowMs: number): string {
  const lines = [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Avow//Duties//EN', 'CALSCALE:GREGORIAN',
    `X-WR-CALNAME:${text(name)}`, 'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    ...items.flatMap(({ uid, at, title, url }) => [
      'BEGIN:VEVENT', `UID:${text(uid)}`, `DTSTAMP:${utc(nowMs)}`, `DTSTART:${utc(at)}`, `SUMMARY:${text(title)}`, `URL:${url}`, 'TRANSP:TRANSPARENT',
        'END:VEVENT',
    ]),
    'END:VCALENDAR',
  ]
  return lines.map((line) => `${folded(line)}\r\n`).join('')
}

const utc = (ms: number): string => new Date(ms).toISOString().replace(/[-:]|\.\d{3}/g, '')
const text = (value: string): string => value.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, String.raw`\n`)

/** Never within a character. */
function folded(line: string): string {
  const parts: string[] = []
  let part = ''
  for (const character of line) {
    if (Buffer.byteLength(part + character) > (parts.length === 0 ? 75 : 74)) {
      parts.push(part)
      part = ''
    }
    part += character
  }
  return [...parts, part].join('\r\n ')
}
