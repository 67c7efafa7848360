/** What a check saw. `detail` is a sentence for the team; what an outside party fails at is data, not an error of ours. */
export interface Look { readonly passed: boolean; readonly detail: string }

/** Every part has to pass; the sentence names those that do not, or else all. */
export function together(looks: readonly Look[]): Look {
  const failed = looks.filter(({ passed }) => !passed)
  return { passed: failed.length === 0, detail: (failed.length > 0 ? failed : looks).map(({ detail }) => detail).join(' ').slice(0, 2000) }
}

export const reasonOf = (error: unknown): string => error instanceof Error ? (error as NodeJS.ErrnoException).code ?? error.message : String(error)
