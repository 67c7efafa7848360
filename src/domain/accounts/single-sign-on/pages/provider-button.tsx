import { ButtonLink } from '../../../../ui/index.ts'
import type { Page } from '../../../../web/page.ts'
import { ssoFor } from '../sso-for.ts'

/** For the sign-in page: the way to the organisation's provider, where it has one. */
export async function ProviderButton({ page, to }: { page: Page; to: string }) {
  const provider = await ssoFor(page.deps.database, page.organization.id, '')
  return provider && <ButtonLink href={page.at(`${provider.path}?to=${encodeURIComponent(to)}`)} look="second">Sign in with {provider.name}</ButtonLink>
}
