import type { Actor } from '../../access/actor.ts'
import type { Tx } from '../../db/tx.ts'
import { Refused, Unauthenticated } from '../../lib/errors.ts'
import { guestsOf, tellGuests } from '../guests/index.ts'
import { tellReporter, tellTeam, type Report } from '../reports/index.ts'

/** `company`, `reporter`, or the id of a guest of the case. */
export type Party = 'company' | 'reporter' | (string & {})

/** The two sides that have to agree. A guest's acceptance is asked for and shown, and a guest who is silent stops nobody. */
export const sides = ['company', 'reporter'] as const
export type Side = (typeof sides)[number]

export const sideOf = (party: Party): Side | 'guest' => (party === 'company' || party === 'reporter' ? party as Side : 'guest')

/** For whom the actor speaks. Nobody accepts by a machine: a key or a job speaks for no party. */
export function partyOf(actor: Actor): { party: Party; account: string | null } {
  switch (actor.kind) {
    case 'member': return { party: 'company', account: actor.accountId }
    case 'reporter': return { party: 'reporter', account: null }
    case 'guest':
      if (actor.mediates) throw new Refused('mediators_take_no_side', 'Whoever mediates is no party to the embargo. Write to both sides instead.')
      return { party: actor.guestId, account: null }
    case 'machine': case 'system': throw new Refused('takes_a_person', 'This takes a person, by their own hand.')
    default: throw new Unauthenticated()
  }
}

/** Tells every party but the one who did it, by letters that hold nothing of the case. */
export async function tellParties(tx: Tx, report: Report, happened: string, except?: Party): Promise<void> {
  if (except !== 'company') await tellTeam(tx, report, happened)
  if (except !== 'reporter') await tellReporter(tx, report, happened)
  await tellGuests(tx, report, happened, except)
}

/** What a party is called on a page. Guests and the reporter do not learn each other's names. */
export async function partyNames(tx: Tx, reportId: string, reader: Actor): Promise<(party: Party) => string> {
  const guests = new Map((await guestsOf(tx, reportId)).map(({ id, name }) => [id, name]))
  return (party) => {
    if (party === 'company') return reader.kind === 'member' ? 'We' : 'The team'
    if (party === 'reporter') return reader.kind === 'reporter' ? 'You' : 'The reporter'
    if (reader.kind === 'guest' && reader.guestId === party) return 'You'
    return reader.kind === 'member' ? guests.get(party) ?? 'A guest who is gone' : 'A guest of the case'
  }
}
