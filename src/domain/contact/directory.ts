import { hash } from 'node:crypto'

const alphabet = 'ybndrfg8ejkmcpqxot1uwisza345h769'

/**
 * The name under which a Web Key Directory keeps the key of an address: z-base-32 of the SHA-1 of its local part
 * (draft-koch-openpgp-webkey-service, section 3.1).
 */
export function directoryName(address: string): string {
  const local = address.slice(0, address.lastIndexOf('@')).replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase())
  const digest = hash('sha1', local, 'buffer')
  return Array.from({ length: 32 }, (_, i) => alphabet[fiveBits(digest, i * 5)]).join('')
}

/** 160 bits are 32 times five, so that nothing is left over. */
const fiveBits = (bytes: Buffer, at: number): number => (((bytes[at >> 3]! << 8) | (bytes[(at >> 3) + 1] ?? 0)) >> (11 - (at & 7))) & 31

/** Whether this is the address's domain, whatever its case. */
export const isDomainOf = (address: string, domain: string): boolean => address.slice(address.lastIndexOf('@') + 1).toLowerCase() === domain.toLowerCase()
