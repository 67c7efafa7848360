/** What turns a leaf's commitments back into words: docs/formats/ledger.md, "Openings". Served in bundles, kept by auditors in files, carried by receipts. */
import { base64, fromBase64 } from './bytes.ts'
import { canonical, fromCanonical } from './canonical.ts'
import { record, saltLength, type Facts, type HeldMarks, type Label, type OpenMarks } from './leaf.ts'
import { Malformed } from './malformed.ts'
import { numberPath, tileWidth } from './tiles.ts'

export type Opening = Label & {
  /** Position in the log. */
  readonly index: number
  /** Facts and their salt come together or not at all. */
  readonly facts?: Facts
  readonly salt2?: Uint8Array
}

/** The path below the log's prefix of the bundle that opens leaves 256·n to 256·n + 255. */
export function openingsPath(bundle: number): string {
  return `openings/${numberPath(bundle)}`
}

/** One canonical line, without the line feed. */
export function formatOpening(opening: Opening): string {
  const { index, kind, cases, salt1, facts, salt2 } = opening
  if ((facts === undefined) !== (salt2 === undefined)) throw new Malformed('opening', 'facts and salt2 come together')
  const marks = 'held' in opening ? { held: base64(opening.held) } : { marks: opening.marks, salt3: base64(opening.salt3) }
  return canonical({ index, kind, cases, ...marks, salt1: base64(salt1), ...(facts && salt2 && { facts, salt2: base64(salt2) }) })
}

export function parseOpening(line: string): Opening {
  const { index, kind, cases, marks, salt3, held, salt1, facts, salt2, ...rest } = record(fromCanonical(line, 'opening'), 'opening')
  if (!Number.isSafeInteger(index) || (index as number) < 0 || typeof kind !== 'string') throw new Malformed('opening', 'no index or no kind')
  if (Object.keys(rest).length > 0 || (facts === undefined) !== (salt2 === undefined)) throw new Malformed('opening', 'members too many or too few')
  return {
    index: index as number,
    kind,
    cases: strings(cases),
    ...parseMarks(marks, salt3, held),
    salt1: saltOf(salt1),
    ...(facts !== undefined && { facts: record(facts, 'opening'), salt2: saltOf(salt2) }),
  }
}

function parseMarks(marks: unknown, salt3: unknown, held: unknown): OpenMarks | HeldMarks {
  if (held === undefined) return { marks: strings(marks), salt3: saltOf(salt3) }
  if (marks !== undefined || salt3 !== undefined || typeof held !== 'string') throw new Malformed('opening', 'marks are either open or held back')
  return { held: fromBase64(held, 32) }
}

/** Openings by rising index, one a line. Entries whose time has not come are left out; a file may be empty. */
export function formatOpenings(openings: readonly Opening[]): string {
  return openings.map((opening) => `${formatOpening(opening)}\n`).join('')
}

export function parseOpenings(text: string): Opening[] {
  if (text === '') return []
  if (!text.endsWith('\n')) throw new Malformed('opening', 'the last line does not end')
  const openings = text.slice(0, -1).split('\n').map(parseOpening)
  if (openings.some(({ index }, i) => i > 0 && index <= openings[i - 1]!.index)) throw new Malformed('opening', 'indices do not rise')
  return openings
}

/** As `parseOpenings`, for the bundle served as number `bundle`: every index belongs there. */
export function parseOpeningsBundle(text: string, bundle: number): Opening[] {
  const openings = parseOpenings(text)
  const stray = openings.find(({ index }) => Math.floor(index / tileWidth) !== bundle)
  if (stray) throw new Malformed('opening', `entry ${stray.index} does not belong to bundle ${bundle}`)
  return openings
}

function strings(value: unknown): Record<string, string> {
  const members = record(value, 'opening')
  if (!Object.values(members).every((member) => typeof member === 'string')) throw new Malformed('opening', 'cases and marks are strings')
  return members as Record<string, string>
}

function saltOf(value: unknown): Uint8Array {
  if (typeof value !== 'string') throw new Malformed('opening', 'a salt is missing')
  return fromBase64(value, saltLength)
}
