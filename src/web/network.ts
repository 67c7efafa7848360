import { isIPv6 } from 'node:net'

/**
 * What counts as one visitor's network: an IPv4 address, or the first 64 bits of an IPv6 address, since whoever has one of
 * those has them all (RFC 6177). An IPv4 address that reaches us as IPv6 (RFC 4291, section 2.5.5.2) is itself.
 */
export function networkOfAddress(address: string): string {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1]
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address
  const [head = '', tail] = address.toLowerCase().split('::')
  const groups = head === '' ? [] : head.split(':')
  const left = tail === undefined ? [] : Array.from({ length: 8 - groups.length - tail.split(':').length }, () => '0')
  return `${[...groups, ...left, '0', '0', '0', '0'].slice(0, 4).map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/64`
}
