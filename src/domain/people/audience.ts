/** Of whom something is asked: some roles, in some countries. Empty is everybody, everywhere. */
export interface Audience { readonly roles: readonly string[]; readonly countries?: readonly string[] }

/**
 * Auditors only look: nothing is asked of them unless their role is named. Of whom nobody has said where they work it is asked too: what people owe is
 * not left open by a gap in our list.
 */
export const isAsked = ({ roles, countries = [] }: Audience, person: { readonly roles: readonly string[]; readonly country: string | null }): boolean =>
  (roles.length === 0 ? person.roles.join() !== 'auditor' : roles.some((role) => person.roles.includes(role)))
    && (countries.length === 0 || person.country === null || countries.includes(person.country))
