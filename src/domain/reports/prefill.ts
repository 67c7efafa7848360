import { valuesOf, textOf, type Entered } from '../../verbs/form-input.ts'
import type { Asset } from './find.ts'

/**
 * What a link or a form elsewhere may fill in. Never what speaks for the reporter: good faith, a key to claim it by, a code, files, the marks of
 * our own form.
 */
export const fillable = [
  'title', 'asset', 'version', 'weakness', 'description', 'endpoint', 'parameter', 'impact', 'cvss', 'steps', 'proof_of_concept', 'expected_result',
  'name', 'email',
] as const
type Fillable = (typeof fillable)[number]

/** In a link: what anybody may know who sees the address. */
export const linkable: readonly Fillable[] = ['title', 'asset', 'version', 'weakness', 'endpoint', 'parameter']

const longest = 100_000

/** Of what came from elsewhere, that which may be filled in. An asset may be named by its name. */
export function prefillOf(given: Entered, assets: readonly Asset[], fields: readonly Fillable[] = fillable): Entered {
  const taken = fields.flatMap((name) => {
    const value = (textOf(given, name) || valuesOf(given, name)[0] || '').slice(0, longest)
    return value.trim() === '' ? [] : [[name, name === 'asset' ? assetNamed(value, assets) : value] as const]
  })
  return Object.fromEntries(taken.filter(([, value]) => value !== ''))
}

const assetNamed = (typed: string, assets: readonly Asset[]): string =>
  assets.find(({ id, name, in_scope: inScope }) => inScope && (id === typed || name.toLowerCase() === typed.trim().toLowerCase()))?.id ?? ''
