import { BlockList, isIP } from 'node:net'
import { isInside } from '../../lib/outbound.ts'
import type { Fact, Group } from './fact.ts'

export interface Listed { readonly name: string; readonly kind: string; readonly locator: string; readonly in_scope: boolean }

/** One address of a scope list: a host, all below one (`*.`), or a network. */
interface Address {
  readonly asset: Listed
  /** More than another where it says more exactly what is meant. */
  readonly weight: number
  readonly port: string
  holds(host: string): boolean
}

/** Whether the hosts that a report names stand in the scope list. Other people's hosts are no fault: they are only told apart. */
export function checkHosts(hosts: readonly string[], assets: readonly Listed[]): Group {
  const addresses = assets.flatMap(addressesOf)
  const against = addresses.length === 0 ? 'the scope list, which names no address' : `${addresses.length} addresses of the scope list`
  const facts = hosts.map((host) => ({ about: host, ...judged(host, addresses) }))
  const elsewhere = facts.filter(({ says }) => says === notListed)
  return { check: 'scope', against, facts: elsewhere.length < 2 ? facts : [...facts.filter(({ says }) => says !== notListed), together(elsewhere)] }
}

const notListed = 'not in the scope list'

/** Pages that are referred to and hosts of the reporter's own: one line for all of them. */
const together = (facts: readonly Fact[]): Fact =>
  ({ about: `${facts.length} other hosts`, mark: 'hint', says: `${notListed}: ${facts.map(({ about }) => about).join(', ')}` })

function judged(given: string, addresses: readonly Address[]): Omit<Fact, 'about'> {
  const { host, port } = split(given)
  const known = addresses.filter((address) => address.holds(host) && (address.port === '' || address.port === port))
  // What is named exactly outweighs what a wildcard covers; of two that say the same, the stricter.
  const [best] = known.toSorted((a, b) => b.weight - a.weight || Number(a.asset.in_scope) - Number(b.asset.in_scope))
  if (best && !best.asset.in_scope) return { mark: 'no', says: `out of scope: ${best.asset.name}` }
  if (best && port !== '' && best.port === '') return { mark: 'hint', says: `the host is in scope (${best.asset.name}), this port is not named there` }
  if (best) return { mark: 'yes', says: `in scope: ${best.asset.name}` }
  if (host === 'localhost' || (isIP(host) && isInside(host))) return { mark: 'hint', says: 'an address inside somebody’s own network' }
  if (addresses.length === 0) return { mark: 'unchecked', says: 'the scope list names no address' }
  return { mark: 'hint', says: notListed }
}

function split(given: string): { host: string; port: string } {
  const [, host, port] = /^(.*?)(?::(\d+))?$/.exec(given)!
  return { host: host!.replace(/^\[|\]$/g, ''), port: port ?? '' }
}

const locator = /^(?:https?:\/\/)?(\*\.)?(\[[\da-f:.]+\]|[\p{L}\p{N}_.-]+)(?::(\d{1,5}))?(\/\S*)?$/iu

/** A locator is free text: several addresses may stand in it, or none. A source's place at a host of others puts nothing of that host in scope. */
function addressesOf(asset: Listed): Address[] {
  return asset.locator.split(/[\s,;]+/).filter(Boolean).flatMap((word) => {
    const network = networkOf(word)
    if (network) return [{ asset, weight: 0, port: '', holds: network }]
    const [, below, name, port, path] = locator.exec(word) ?? []
    const host = name && asciiOf(name)
    if (!host || (asset.kind === 'source code' && path && path !== '/')) return []
    return below
      ? [{ asset, weight: host.length, port: port ?? '', holds: (one: string) => one.endsWith(`.${host}`) }]
      : [{ asset, weight: 1000, port: port ?? '', holds: (one: string) => one === host }]
  })
}

/** As browsers write it; undefined for a word that is no host, such as a package's name. */
function asciiOf(name: string): string | undefined {
  if (!/[.:]/.test(name) && name !== 'localhost') return undefined
  try {
    return new URL(`http://${name}`).hostname.replace(/^\[|\]$|\.$/g, '')
  } catch {
    return undefined
  }
}

function networkOf(word: string): ((host: string) => boolean) | undefined {
  const [, net, bits] = /^([\d.]+|[\da-f:]+)\/(\d{1,3})$/i.exec(word) ?? []
  const family = net && isIP(net)
  if (!net || !family || Number(bits) > (family === 6 ? 128 : 32)) return undefined
  const list = new BlockList()
  list.addSubnet(net, Number(bits), `ipv${family}` as 'ipv4')
  return (host) => isIP(host) !== 0 && list.check(host, `ipv${isIP(host)}` as 'ipv4')
}
