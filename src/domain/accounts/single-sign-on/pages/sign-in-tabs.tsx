import { Tabs } from '../../../../ui/index.ts'

/** The two halves of it: how people enter, and who they are. */
export const SignInTabs = ({ here }: { here: string }) => (
  <Tabs label="Single sign-on" here={here} tabs={[{ to: '/desk/single-sign-on', label: 'Sign-in' }, { to: '/desk/directory', label: 'Directory' }]} />
)
