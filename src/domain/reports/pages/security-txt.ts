import type { Page } from '../../../web/page.ts'
import { policyInForce } from '../../policies/index.ts'
import { securityTxt } from '../security-txt.ts'

/** `/.well-known/security.txt`, for whoever looks for a way to report before they look at our pages. */
export async function securityTxtAnswer(page: Page): Promise<Response> {
  const policy = await page.reading(policyInForce)
  const here = (path: string) => page.address(path)
  const text = securityTxt({
    report: here('/report'),
    policy: policy && here(`/policies/${policy.slug}`),
    canonical: here('/.well-known/security.txt'),
    mailbox: page.deps.contactAddress ?? null,
    now: (await page.deps.database.clockOf(page.organization.id)).now(),
  })
  return new Response(text, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' } })
}
