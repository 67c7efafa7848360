import type { Tx } from '../../db/tx.ts'
import { openText } from '../../seal/envelope.ts'
import { namesOfPeople } from '../people/index.ts'
import { reasonPlace } from './confirm-first-day.ts'
import { missingFor, proposedOverrides } from './find.ts'

/** First days that one person proposed although something is missing, for the second one. */
export async function waitingOverrides(tx: Tx) {
  const proposed = await proposedOverrides(tx)
  const name = await namesOfPeople(tx, proposed.map(({ person_id }) => person_id))
  return Promise.all(proposed.map(async ({ person_id: person, override_key_id: key, override_reason: reason, proposed_by }) => ({
    person, name: name(person), reason: await openText(tx, key!, reasonPlace(person), reason!), proposed_by: proposed_by!,
    sentences: (await missingFor(tx, person)).map(({ sentence }) => sentence),
  })))
}
