import { clearSigned, keyOf, publicKeyPath } from '../../contact/index.ts'
import type { Page } from '../../../web/page.ts'
import { policyInForce } from '../../policies/index.ts'
import { securityTxt } from '../security-txt.ts'

/** `/.well-known/security.txt`, for whoever looks for a way to report before they look at our pages; signed, so that they know it is ours. */
export async function securityTxtAnswer(page: Page): Promise<Response> {
  const { database, contactAddress } = page.deps
  const policy = await page.reading(policyInForce)
  const here = (path: string) => page.address(path)
  const text = securityTxt({
    report: here('/report'),
    policy: policy && here(`/policies/${policy.slug}`),
    canonical: here('/.well-known/security.txt'),
    encryption: here(publicKeyPath),
    mailbox: contactAddress ?? null,
    now: (await database.clockOf(page.organization.id)).now(),
  })
  const signed = await clearSigned(database, page.organization.id, await keyOf(page), text)
  return new Response(signed, { headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'public, max-age=3600' } })
}
