import type { Database } from '../db/database.ts'
import type { Mail } from './find-mail.ts'

/** A file that goes with a mail. */
export interface Enclosed { readonly filename: string; readonly type: string; readonly content: Buffer }

/** What is added to one mail when it is sent. */
export interface Enclosure {
  /** Kept with the mail and shown to the team: `encrypted`, or in one word why it is not. */
  readonly protection?: string
  /** Files that anyone on the way may read. */
  readonly files?: readonly Enclosed[]
  /** Sent instead of the letter's own words, to a reader who alone can open it. */
  readonly sealed?: { readonly text: string; readonly files: readonly Enclosed[]; encrypt(entity: Buffer): Promise<string> }
}

/** Where a mail is sent from: the transaction of what it tells of is over. */
export interface Sending { readonly database: Database; readonly organizationId: string; readonly base: string }

type Enclose = (sending: Sending, mail: Mail) => Promise<Enclosure>

const declared = new Map<string, Enclose>()

/**
 * Names what a letter may enclose. It is made when the mail is sent, so that it may be something that exists only then (a receipt), and so
 * that nothing confidential waits in the queue. What it throws sends the mail back to the queue.
 */
export function declareEnclosure(name: string, enclose: Enclose): void {
  if (declared.has(name)) throw new Error(`The enclosure “${name}” is declared twice.`)
  declared.set(name, enclose)
}

export function enclosureOf(sending: Sending, mail: Mail): Promise<Enclosure> {
  if (mail.enclosing === null) return Promise.resolve({})
  const enclose = declared.get(mail.enclosing)
  if (!enclose) throw new Error(`No folder declares the enclosure “${mail.enclosing}”.`)
  return enclose(sending, mail)
}
