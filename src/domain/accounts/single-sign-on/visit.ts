import { binding, openBox, sealBox } from '../../../seal/box.ts'
import type { Keyring } from '../../../seal/keyring.ts'
import type { Page } from '../../../web/page.ts'

/** What this browser took along when it went to the provider. Nobody else can have sent it there (OAuth 2.0 Security, RFC 9700, section 4.7). */
export interface Visit {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
  /** Where to go on to afterwards: a path inside the organisation. */
  readonly to: string
}

const cookie = 'provider-visit'
const minutes = 10

/** Sealed in a cookie, so that going to the provider changes nothing here, however often somebody does it. */
export function rememberVisit(page: Page, visit: Visit): void {
  const { keyring } = page.deps.database
  const plain = JSON.stringify({ ...visit, until: Date.now() + minutes * 60_000 })
  const box = sealBox(keyOf(keyring, keyring.currentEpoch), place(page), Buffer.from(plain))
  page.cookies.set(cookie, `${keyring.currentEpoch}.${box.toString('base64url')}`, minutes * 60)
}

/** Taken once: the cookie is gone afterwards. Null where there is none, or it is old, of another organisation, or not ours. */
export function takeVisit(page: Page): Visit | null {
  const [epoch, box] = page.cookies.get(cookie)?.split('.') ?? []
  page.cookies.set(cookie, '', 0)
  const { keyring } = page.deps.database
  if (!epoch || !box || !keyring.epochs().some((held) => held.epoch === Number(epoch))) return null
  try {
    const plain = openBox(keyOf(keyring, Number(epoch)), place(page), Buffer.from(box, 'base64url'), 'a visit')
    const { until, ...visit } = JSON.parse(plain.toString('utf8')) as Visit & { until: number }
    return until > Date.now() ? visit : null
  } catch { return null }
}

const keyOf = (keyring: Keyring, epoch: number): Buffer => keyring.derive('provider-visit', epoch)
const place = (page: Page): Buffer => binding('avow/provider-visit/v1', page.organization.id)
