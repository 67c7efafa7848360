import { createHash, randomBytes } from 'node:crypto'

/*
 * The tracking phrase: 96 random bits written as six proquints (five letters for 16 bits; A Proposal for Proquints,
 * D. S. Wilkerson, 2009), so that it can be read over the phone and typed on one: `lusab-babad-gutih-tugad-hajoz-kimor`.
 * With 96 bits a plain hash is enough: there is nothing to guess. It authorises; the receipt only proves.
 */
const consonants = 'bdfghjklmnprstvz'
const vowels = 'aiou'

const proquint = (n: number) =>
  consonants[n >> 12]! + vowels[(n >> 10) & 3]! + consonants[(n >> 6) & 15]! + vowels[(n >> 4) & 3]! + consonants[n & 15]!

export function newPhrase(): string {
  const bits = randomBytes(12)
  return Array.from({ length: 6 }, (_, i) => proquint(bits.readUInt16BE(i * 2))).join('-')
}

/** What is stored. Case, spaces and the kind of dash do not matter, since people copy by hand. */
export function phraseHash(typed: string): Buffer {
  const letters = typed.toLowerCase().replaceAll(/[^a-z]/g, '')
  return createHash('sha256').update(`avow tracking phrase\n${letters}`).digest()
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `R-7KQ2-MX4D`: 40 random bits in Crockford's base 32, short enough for a subject line. */
export function newReference(): string {
  const letters = Array.from(randomBytes(8), (b) => crockford[b & 31]).join('')
  return `R-${letters.slice(0, 4)}-${letters.slice(4)}`
}
