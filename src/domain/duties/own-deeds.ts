/** What somebody does in person, by the kind of entry that it makes: the words of the button, and where it leads from a policy, where one is meant. */
const inPerson: Readonly<Record<string, readonly [deed: string, place: (policy: string | undefined) => string]>> = {
  'policy.accepted': ['Read and accept', (policy) => policy ? `/me/policies/${policy}` : '/me/policies'],
  'training.passed': ['Take the course', () => '/me/training'],
  'nda.signed': ['Read and sign', () => '/me/agreements'],
  'agreement.signed': ['Read and sign', () => '/me/agreements'],
}

export interface OwnDeed { readonly deed: string; readonly place: string }

/** The page on which I do what I owe; null for what others do about me, such as a check of my background. */
export function ownDeed(what: readonly string[], policy: string | undefined): OwnDeed | null {
  const [deed, place] = what.map((kind) => inPerson[kind]).find(Boolean) ?? []
  return deed && place ? { deed, place: place(policy) } : null
}
