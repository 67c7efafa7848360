import { encodeQR } from 'qr'

/** Text for a phone's camera, drawn here and by nobody else. Dark on light by day and by night, as cameras expect. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const modules = encodeQR(text, 'raw', { border: 4, ecc: 'medium' })
  return (
    <svg class="qr-code" viewBox={`0 0 ${modules.length} ${modules.length}`} role="img" aria-label={label} shape-rendering="crispEdges">
      <rect width="100%" height="100%" fill="#fff" />
      <path d={modules.flatMap(darkRuns).join('')} fill="#000" />
    </svg>
  )
}

/** Each run of dark modules of a row as one rectangle. */
function darkRuns(row: readonly boolean[], y: number): string[] {
  return [...row.map((dark) => (dark ? '#' : '.')).join('').matchAll(/#+/g)].map(({ index, 0: run }) => `M${index} ${y}h${run.length}v1h-${run.length}z`)
}
