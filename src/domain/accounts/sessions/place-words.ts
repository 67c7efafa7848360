import { isIP } from 'node:net'
import { countryName, countryOf } from '../watch/country.ts'

/** Where a network is, as coarsely as somebody needs to know their own sign-ins again: the country, or what kind of network it is. */
export async function placeWords(network: string): Promise<string> {
  const address = network.replace(/\/\d+$/, '')
  if (isIP(address) === 0) return 'an unknown network'
  if (/^(127\.|0?:0?:0?:0?::$|::1$)/.test(address)) return 'this machine'
  if (/^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|f[cd]|fe[89ab])/i.test(address)) return 'a private network'
  const country = await countryOf(network)
  return country ? countryName(country) : 'an unknown place'
}
