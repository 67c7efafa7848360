/** What one file, line or trace of somebody else's vectors says about our code. */
export interface Verdict {
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  readonly why?: string
}

export type Judge = (folder: string, options: Options) => AsyncIterable<Verdict>

export interface Options {
  /** Verifier key of the logs under `tlog/` that have none beside them. */
  readonly tlogKey: string
}

/** `wrong` is the sentence that says what differs, or undefined where all is well. */
export function verdict(name: string, wrong: string | undefined): Verdict {
  return wrong === undefined ? { name, outcome: 'passed' } : { name, outcome: 'failed', why: wrong }
}

export function skipped(name: string, why: string): Verdict {
  return { name, outcome: 'skipped', why }
}

/** A file that makes our code throw has failed; the run goes on. */
export async function attempt(name: string, judge: () => Promise<string | undefined> | string | undefined): Promise<Verdict> {
  try {
    return verdict(name, await judge())
  } catch (error) {
    return verdict(name, `threw ${error instanceof Error ? error.message : String(error)}`)
  }
}
