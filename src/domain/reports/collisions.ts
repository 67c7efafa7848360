import type { Tx } from '../../db/tx.ts'
import { cweStanding } from './cwe.ts'
import { listExclusions } from './exclusions.ts'
import { listAssets, type Asset } from './find.ts'
import { listKnown, type KnownNonFinding } from './known-non-findings.ts'
import type { ReportGiven } from './receive-report.ts'
import { releaseNamed } from './releases.ts'

/** Something that the reporter should know before sending. It never refuses a report. */
export interface Collision {
  readonly about: 'exclusion' | 'out of scope' | 'known non-finding' | 'version' | 'weakness'
  readonly title: string
  readonly says: string
}

type Given = Pick<ReportGiven, 'title' | 'asset' | 'weakness' | 'version' | 'endpoint' | 'parameter' | 'description' | 'steps' | 'proof_of_concept' | 'impact'>

/** What the text collides with: what is not wanted, what is not in scope, what is known to be none, a version or number that does not exist. */
export async function collisionsOf(tx: Tx, given: Given): Promise<Collision[]> {
  const [exclusions, assets, known] = await Promise.all([listExclusions(tx), listAssets(tx), listKnown(tx)])
  const { title, description, steps, proof_of_concept: proof, impact, endpoint, parameter } = given
  const text = [title, description, steps, proof, impact, endpoint, parameter].filter(Boolean).join('\n')
  const words = wordsOf(text)
  return [
    ...exclusions.filter((one) => one.in_force && saysAny(words, one.words)).map(({ name, sentence }) => (
      { about: 'exclusion', title: name, says: sentence } as const)),
    ...outOfScope(assets, given.asset, text).map(({ name, note }) => (
      { about: 'out of scope', title: `${name} is not in scope`, says: note || 'It is named as not to be tested.' } as const)),
    ...known.filter((one) => isAbout(one, given, words)).map(({ title: known, why }) => ({ about: 'known non-finding', title: known, says: why } as const)),
    ...await versionSays(tx, given),
    ...weaknessSays(given.weakness),
  ]
}

/** Words in lower case with a space before and behind each, whatever stands between them in the text. */
export const wordsOf = (text: string): string => ` ${(text.normalize('NFKC').toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ')} `

/** Whether one of the phrases stands in the words; with an asterisk at its end, whatever begins so. */
export const saysAny = (words: string, phrases: readonly string[]): boolean => phrases.some((phrase) => {
  const looked = wordsOf(phrase)
  return looked.trim() !== '' && words.includes(phrase.trim().endsWith('*') ? looked.trimEnd() : looked)
})

const isAbout = ({ words, weakness, asset_id: asset }: KnownNonFinding, given: Given, said: string): boolean =>
  (asset === null || asset === given.asset) && (weakness === '' || weakness === given.weakness) && (words.length === 0 || saysAny(said, words))

/** Hosts of the addresses in a text, in lower case. */
export function hostsIn(text: string): string[] {
  const found = text.slice(0, 1_000_000).match(/https?:\/\/[^\s/"'<>(),;\\?#]{1,300}/gi) ?? []
  return [...new Set(found.flatMap((address) => (URL.canParse(address) ? [new URL(address.replace(/\.+$/, '')).hostname.toLowerCase()] : [])))]
}

/** `*.shop.example` holds for every host below it; a host of its own for itself. */
function hostOf(locator: string): string {
  const bare = locator.trim().replace(/^https?:\/\//i, '').split(/[/:?#\s]/)[0]!.toLowerCase()
  return /^(\*\.)?[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+$/u.test(bare) ? bare : ''
}

const covers = (pattern: string, host: string): boolean => (pattern.startsWith('*.') ? host.endsWith(pattern.slice(1)) : host === pattern)

/** A host that is named itself outweighs a pattern that covers it. */
function outOfScope(assets: readonly Asset[], chosen: string, text: string): Asset[] {
  const hosts = hostsIn(text)
  const named = assets.map((asset) => ({ asset, host: hostOf(asset.locator) }))
  const welcome = new Set(named.filter(({ asset }) => asset.in_scope).map(({ host }) => host))
  return named.filter(({ asset, host }) => !asset.in_scope
    && (asset.id === chosen || (host !== '' && hosts.some((one) => covers(host, one) && (one === host || !welcome.has(one)))))).map(({ asset }) => asset)
}

async function versionSays(tx: Tx, { asset, version }: Given): Promise<Collision[]> {
  if (!asset || !version || await releaseNamed(tx, asset, version) !== 'unknown') return []
  return [{ about: 'version', title: `${version} is not a release that we know`,
    says: 'Check the version or commit. If you are sure, leave it: our list may be behind.' }]
}

function weaknessSays(weakness: string): Collision[] {
  if (weakness === '') return []
  const standing = cweStanding(weakness)
  if (standing === 'weakness' || standing === 'category') return []
  return [{
    about: 'weakness', title: `${weakness} is ${standing === 'deprecated' ? 'no longer used' : 'not in the list that we have'}`,
    says: 'Choose another kind of weakness, or leave it.',
  }]
}
