import { Tabs } from '../../ui/index.ts'

export type RecordTab = '/desk/record' | '/desk/record/corrections' | '/desk/record/witnesses' | '/desk/openings'

/** The pages about the log itself, wherever they are mounted. */
export const RecordTabs = ({ here }: { here: RecordTab }) => (
  <Tabs label="The record" here={here} tabs={[
    { to: '/desk/record', label: 'Entries' },
    { to: '/desk/record/corrections', label: 'Corrections' },
    { to: '/desk/record/witnesses', label: 'Witnesses' },
    { to: '/desk/openings', label: 'Auditor’s file' },
  ]} />
)
