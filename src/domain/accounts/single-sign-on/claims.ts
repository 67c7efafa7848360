import { fetchUserInfo, type Configuration, type IDToken, type TokenEndpointResponse, type TokenEndpointResponseHelpers } from 'openid-client'
import { countryName } from '../../../lib/countries.ts'
import type { Provider } from './provider.ts'

/** Whom the provider vouches for, in the few words that count here. Everything is from a signed token, or from its own userinfo endpoint. */
export interface Vouched {
  readonly issuer: string
  readonly subject: string
  /** Only if the provider says that it has verified it. */
  readonly address: string | null
  readonly name: string
  /** What it says of their work; what it leaves out is not known. `country` is ISO 3166-1 alpha-2. */
  readonly work: { readonly title?: string; readonly department?: string; readonly country?: string }
  /** Null where the provider says nothing about groups. */
  readonly groups: readonly string[] | null
  /** Whether the provider says that it asked for more than one factor (RFC 8176). */
  readonly secondFactor: boolean
  /** When it asked; where it does not say, long ago: it may be days since somebody signed in there. */
  readonly askedAt: Date
}

type Claims = Readonly<Record<string, unknown>>

/** The claims of the ID token; what it leaves out is asked of the userinfo endpoint, whose answer has to be about the same subject. */
export async function vouchedFor(
  configuration: Configuration, tokens: TokenEndpointResponse & TokenEndpointResponseHelpers, { groupsClaim }: Provider,
): Promise<Vouched> {
  const token: IDToken = tokens.claims()!
  const more = token.email === undefined && configuration.serverMetadata().userinfo_endpoint
    ? await fetchUserInfo(configuration, tokens.access_token, token.sub) : {}
  // What is signed wins.
  return readClaims({ ...more, ...token }, groupsClaim)
}

export function readClaims(claims: Claims & { readonly iss: string; readonly sub: string }, groupsClaim: string): Vouched {
  const groups = claims[groupsClaim]
  return {
    issuer: claims.iss, subject: claims.sub, address: verifiedAddress(claims), name: nameOf(claims), work: workOf(claims),
    groups: groups === undefined ? null : [groups].flat().filter((group) => typeof group === 'string'),
    secondFactor: [claims.amr].flat().includes('mfa') || manyFactors.includes(String(claims.acr)),
    askedAt: new Date(typeof claims.auth_time === 'number' ? Math.min(claims.auth_time * 1000, Date.now()) : 0),
  }
}

/**
 * `address.country` (OpenID Connect Core 1.0, section 5.1.1) where it is a code, or Entra ID’s `ctry`; titles and departments by the names that
 * providers give them.
 */
function workOf({ title, job_title: job, department, address, ctry }: Claims): Vouched['work'] {
  const text = (...given: unknown[]) => given.find((one) => typeof one === 'string' && one.trim() !== '') as string | undefined
  const country = text(ctry, (address as Claims | undefined)?.['country'])?.toUpperCase()
  const [work, where] = [text(title, job)?.slice(0, 200), text(department)?.slice(0, 200)]
  return { ...work && { title: work }, ...where && { department: where }, ...country && countryName(country) && { country } }
}

/** Contexts that stand for several factors: OpenID Connect Extended Authentication Profile 1.0, and the PAPE policy that some still name. */
const manyFactors = ['phr', 'phrh', 'http://schemas.openid.net/pape/policies/2007/06/multi-factor']

/** `email_verified` (OpenID Connect Core 1.0, section 5.1), or Entra ID’s own word that the domain’s owner was verified. */
function verifiedAddress({ email, email_verified: verified, xms_edov: ownerVerified }: Claims): string | null {
  const yes = [true, 'true', 1, '1'].includes(verified as never) || [true, 'true', 1, '1'].includes(ownerVerified as never)
  return yes && typeof email === 'string' && /^[^@\s]{1,64}@[^@\s]{1,253}$/.test(email) ? email : null
}

function nameOf({ name, given_name: given, family_name: family, preferred_username: username, email }: Claims): string {
  const words = [name, [given, family].filter(Boolean).join(' '), username, email].find((one) => typeof one === 'string' && one.trim() !== '')
  return String(words ?? 'Somebody').replace(/\p{C}/gu, '').trim().slice(0, 200)
}
