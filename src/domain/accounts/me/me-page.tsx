import type { Child, PropsWithChildren } from 'hono/jsx'
import { DeskLayout, PageHead, PostButton, PublicLayout, Tabs } from '../../../ui/index.ts'
import type { Page } from '../../../web/page.ts'

const tabs = [
  { to: '/me', label: 'You' },
  { to: '/me/factors', label: 'Second factor' },
  { to: '/me/sessions', label: 'Signed in' },
  { to: '/me/password', label: 'Password' },
  { to: '/me/activity', label: 'Activity' },
  { to: '/me/data', label: 'Your data' },
]

interface Props { page: Page; title: string; lead?: Child }

/** The frame of the pages about oneself: the desk's for the team, the public one for everybody else. */
export const MePage = ({ page, title, lead, children }: PropsWithChildren<Props>) => {
  const Layout = page.actor.kind === 'member' ? DeskLayout : PublicLayout
  return (
    <Layout page={page} title={title}>
      <PageHead title={title} lead={lead} />
      <Tabs label="About you" tabs={tabs} here={page.path} />
      {children}
      {page.actor.kind === 'member' ? null : <PostButton to="/sign-out" look="quiet">Sign out</PostButton>}
    </Layout>
  )
}
