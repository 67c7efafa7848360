import { NotFound } from '../../lib/errors.ts'
import type { Handler, Web } from '../../web/module.ts'
import type { Page } from '../../web/page.ts'
import { directoryName, isDomainOf } from './directory.ts'
import { openPgpKey, type OpenPgpKey } from './openpgp-key.ts'

const anyone = { may: 'public.read' } as const

/** Where the public key is for good; security.txt names it. */
export const publicKeyPath = '/openpgp-key.asc'

/** The key of this organisation, as its pages name it. */
export const keyOf = ({ deps, organization }: Page): Promise<OpenPgpKey> =>
  openPgpKey(deps.database, organization.id, { name: organization.name, address: deps.contactAddress })

/** The public key: at one address that stays, and where mail programs look for it by the mail address (Web Key Directory, both methods). */
export function serveOpenPgp(web: Web): void {
  web.get(publicKeyPath, anyone, async (page) => {
    const { armor, enums } = await import('openpgp')
    const text = armor(enums.armor.publicKey, (await keyOf(page)).publicKey)
    return new Response(text, { headers: { 'content-type': 'application/pgp-keys', ...shared } })
  })
  web.get('/.well-known/openpgpkey/policy', anyone, policy)
  web.get('/.well-known/openpgpkey/hu/:name', anyone, lookUp)
  web.get('/.well-known/openpgpkey/:domain/policy', anyone, policy)
  web.get('/.well-known/openpgpkey/:domain/hu/:name', anyone, lookUp)
}

const shared = { 'cache-control': 'public, max-age=3600', 'access-control-allow-origin': '*' }

/** It has to be there, and may be empty. */
const policy: Handler = () => new Response('', { headers: { 'content-type': 'text/plain; charset=utf-8', ...shared } })

const lookUp: Handler = async (page) => {
  const address = page.deps.contactAddress
  const { domain, name } = page.params
  if (!address || name !== directoryName(address) || (domain !== undefined && !isDomainOf(address, domain))) throw new NotFound()
  return new Response(new Uint8Array((await keyOf(page)).publicKey), { headers: { 'content-type': 'application/octet-stream', ...shared } })
}
