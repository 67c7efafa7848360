import type { PropsWithChildren } from 'hono/jsx'
import type { Month } from 'avow-verify'

const [width, height, top] = [384, 112, 14]
const barWidth = 21

/** Months as stacked bars, in time and missed; missed ones stand on top, outlined and hatched. The same figures follow as a table. */
export const YearChart = ({ months, id, label }: { months: readonly Month[]; id: string; label: string }) => {
  const most = Math.max(1, ...months.map(m => m.total))
  const step = width / Math.max(1, months.length)
  return (
    <figure>
      <svg class="year-chart" viewBox={`0 0 ${width} ${height + 18}`} role="img" aria-labelledby={`${id}-title ${id}-desc`}>
        <title id={`${id}-title`}>{label}</title>
        <desc id={`${id}-desc`}>{inOneSentence(months)}</desc>
        <line class="axis" x1="0" x2={width} y1={height} y2={height} />
        {months.map((m, i) => <Bar month={m} x={i * step + step / 2} most={most} />)}
      </svg>
      <figcaption class="legend">
        <Swatch word="in time"><rect class="bar-met" width="12" height="12" /></Swatch>
        <Swatch word="missed"><rect class="bar-missed" x="1" y="1" width="10" height="10" /><path class="hatch" d="m2 10 8-8" /></Swatch>
      </figcaption>
      <MonthTable months={months} label={label} />
    </figure>
  )
}

const Swatch = ({ word, children }: PropsWithChildren<{ word: string }>) => <span><svg viewBox="0 0 12 12" aria-hidden="true">{children}</svg>{word}</span>

function Bar({ month: { month, total, in_time: met }, x, most }: { month: Month; x: number; most: number }) {
  const scale = (height - top) / most
  const missed = total - met
  const [metHeight, missedHeight] = [met * scale, missed * scale]
  const barX = x - barWidth / 2
  const missedY = height - metHeight - missedHeight
  return (
    <g>
      {met ? <rect class="bar-met" x={barX} y={height - metHeight} width={barWidth} height={metHeight} rx="1.5" /> : null}
      {missed ? <rect class="bar-missed" x={barX + 0.75} y={missedY} width={barWidth - 1.5} height={Math.max(3, missedHeight - 1.5)} rx="1.5" /> : null}
      {missed ? <path class="hatch" d={hatch(barX + 2, missedY + 2, barWidth - 4, Math.max(1, missedHeight - 5))} /> : null}
      {total === 0 ? <rect class="none" x={barX} y={height - 2} width={barWidth} height="2" /> : null}
      <text x={x} y={height + 13} text-anchor="middle">{names[Number(month.slice(5)) - 1]}</text>
    </g>
  )
}

/** Diagonals across the box, so that a missed part is told from a kept one in black and white too. */
function hatch(x: number, y: number, w: number, h: number): string {
  const lines: string[] = []
  for (let d = 6; d < w + h; d += 6) {
    const [x1, y1] = [x + Math.max(0, d - h), y + Math.min(h, d)]
    const [x2, y2] = [x + Math.min(w, d), y + Math.max(0, d - w)]
    lines.push(`M${x1} ${y1}L${x2} ${y2}`)
  }
  return lines.join('')
}

const names = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
const inWords = (month: string) => `${names[Number(month.slice(5)) - 1]} ${month.slice(0, 4)}`

function inOneSentence(months: readonly Month[]): string {
  const [total, met] = [months.reduce((n, m) => n + m.total, 0), months.reduce((n, m) => n + m.in_time, 0)]
  const first = months[0]
  return first ? `Since ${inWords(first.month)}: ${met} in time, ${total - met} missed. The table after the picture has each month.` : 'No months yet.'
}

const MonthTable = ({ months, label }: { months: readonly Month[]; label: string }) => (
  <table class="unseen">
    <caption>{label}</caption>
    <thead><tr><th scope="col">Month</th><th scope="col">In time</th><th scope="col">Missed</th></tr></thead>
    <tbody>{months.map(m => <tr><th scope="row">{inWords(m.month)}</th><td>{m.in_time}</td><td>{m.total - m.in_time}</td></tr>)}</tbody>
  </table>
)
