/** Adds how long ago, or how soon, to moments within a fortnight. The full date stays. */
const units: readonly [Intl.RelativeTimeFormatUnit, number][] = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000]]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

function tell(): void {
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[data-relative]')) {
    const away = Date.parse(time.dateTime) - Date.now()
    if (Math.abs(away) > 14 * 86_400_000) continue
    const [unit, size] = units.find(([, ms]) => Math.abs(away) >= ms) ?? (['minute', 60_000] as const)
    time.dataset.relative = words.format(Math.trunc(away / size), unit)
  }
}

tell()
setInterval(tell, 60_000)
document.addEventListener('htmx:after:swap', tell)
