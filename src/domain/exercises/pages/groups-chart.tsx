import { DataTable } from '../../../ui/index.ts'
import type { Group } from '../tables.ts'

const [width, bar, gap, label] = [384, 14, 22, 96]

/** Of each group of weeks, which share opened the lesson and which share noticed the mail. The same figures follow as a table. */
export const GroupsChart = ({ groups, id, subject }: { groups: readonly Group[]; id: string; subject: string }) => (
  <figure>
    <svg class="year-chart" viewBox={`0 0 ${width} ${groups.length * (2 * bar + gap)}`} role="img" aria-labelledby={`${id}-title`}>
      <title id={`${id}-title`}>{`“${subject}”: ${groups.map(inWords).join(' ')}`}</title>
      {groups.map((group, i) => <Bars of={group} y={i * (2 * bar + gap)} />)}
    </svg>
    <figcaption class="legend">
      <span><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="bar-met" width="12" height="12" /></svg>noticed it</span>
      <span><svg viewBox="0 0 12 12" aria-hidden="true"><rect class="bar-missed" x="1" y="1" width="10" height="10" /></svg>opened the link</span>
    </figcaption>
    <DataTable caption={subject} rows={groups} columns={[
      { head: 'Weeks', header: true, cell: weeks }, { head: 'Sent', cell: ({ sent }) => sent }, { head: 'Noticed', cell: ({ reported }) => reported },
      { head: 'Opened', cell: ({ opened }) => opened },
    ]} />
  </figure>
)

const weeks = ({ from, to }: Group) => from === to ? `week of ${from}` : `weeks of ${from} to ${to}`
const inWords = (group: Group) => `${weeks(group)}: of ${group.sent}, ${group.reported} noticed it and ${group.opened} opened the link.`

const Bars = ({ of: { from, sent, opened, reported }, y }: { of: Group; y: number }) => {
  const long = (count: number) => Math.max(2, (width - label - 40) * count / sent)
  return (
    <g>
      <text x="0" y={y + bar + 4}>{from}</text>
      <rect class="bar-met" x={label} y={y} width={long(reported)} height={bar - 2} rx="1.5" />
      <text x={label + long(reported) + 6} y={y + bar - 4}>{reported}</text>
      <rect class="bar-missed" x={label} y={y + bar + 2} width={long(opened)} height={bar - 4} rx="1.5" />
      <text x={label + long(opened) + 6} y={y + 2 * bar - 2}>{opened}</text>
    </g>
  )
}
