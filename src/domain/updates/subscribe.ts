import { createHmac } from 'node:crypto'
import { z } from 'zod'
import { newToken, tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { NotFound, TooMany } from '../../lib/errors.ts'
import { post } from '../../mail/index.ts'
import { eraseKey, newSubjectKey, openJson, sealJson } from '../../seal/envelope.ts'
import { verb } from '../../verbs/verb.ts'
import type { SubscriberRow } from './tables.ts'

const Token = z.string().min(20).max(100).describe('The token from the letter')

/** To one address, however often it is entered: nobody's mailbox is filled from here. */
const lettersPerDay = 3
/** Of all addresses together: we are nobody's tool for writing to strangers. */
const asksPerHour = 200

/** The answer never tells whether an address is subscribed. */
export const subscribe = verb({
  name: 'update.subscribe', summary: 'Ask to be told by mail when a policy changes. The address is confirmed first.', may: 'public.read', entries: [],
  input: z.object({ address: z.email('Enter your mail address, such as name@example.org.').max(320) }),
  async run({ tx }, { address }) {
    const hashes = addressHashes(tx, address)
    await demandRoom(tx)
    const known = await tx.db.selectFrom('subscribers').select(['confirmed_at', 'asked_at']).where('address_hash', 'in', hashes).execute()
    const today = known.filter(({ asked_at: asked }) => tx.now.epochMilliseconds - asked.getTime() < 86_400_000)
    if (known.some(({ confirmed_at: confirmed }) => confirmed) || today.length >= lettersPerDay) return {}
    const [id, token] = [tx.newId(), newToken()]
    const keyId = await newSubjectKey(tx, 'person', id)
    await tx.db.insertInto('subscribers').values({
      organization_id: tx.organizationId, id, key_id: keyId, box: await sealJson(tx, keyId, boxContext(id), { address, token }),
      address_hash: hashes[0]!, token_hash: tokenHash(token), asked_at: timestampOf(tx.now), confirmed_at: null,
    }).execute()
    await post(tx, { to: { address, keyId }, ...confirmation(token) })
    return {}
  },
})

async function demandRoom(tx: Tx): Promise<void> {
  const { n } = await tx.db.selectFrom('subscribers').select((is) => is.fn.countAll<number>().as('n')).where('confirmed_at', 'is', null)
    .where('asked_at', '>', timestampOf(tx.now.subtract({ hours: 1 }))).executeTakeFirstOrThrow()
  if (Number(n) >= asksPerHour) throw new TooMany(3600)
}

const confirmation = (token: string) => ({
  subject: 'Confirm that you want to be told of changes',
  text: `Somebody asked that changes of our policies are mailed to this address. If it was you, confirm it within a week:

{link:/updates/confirm/${token}}

If it was not you, do nothing: you will hear no more of it.`,
})

export const confirmSubscription = verb({
  name: 'update.confirm', summary: 'Confirm the address to which changes are mailed.', may: 'public.read', entries: [],
  input: z.object({ token: Token }),
  async run({ tx }, { token }) {
    const row = await findByToken(tx, token)
    if (!row) throw new NotFound('This link has run out. Subscribe once more for a new one.')
    const others = await tx.db.selectFrom('subscribers').select(['id', 'key_id']).where('address_hash', '=', row.address_hash)
      .where('id', '<>', row.id).execute()
    for (const other of others) await forget(tx, other)
    await tx.db.updateTable('subscribers').set({ confirmed_at: row.confirmed_at ?? timestampOf(tx.now) }).where('id', '=', row.id).execute()
  },
})

/** Ended twice is ended: mail programs send it again. */
export const endSubscription = verb({
  name: 'update.end', summary: 'No longer be told of changes. The address is forgotten.', may: 'public.read', entries: [],
  input: z.object({ token: Token }),
  async run({ tx }, { token }) {
    const row = await findByToken(tx, token)
    if (row) await forget(tx, row)
  },
})

/** What is known of a subscriber, sealed under a key of their own. The token ends the subscription, and is in every letter. */
interface Subscriber { readonly address: string; readonly token: string }

const boxContext = (id: string) => `subscriber:${id}`

export const openSubscriber = (tx: Tx, { id, key_id, box }: Pick<SubscriberRow, 'id' | 'key_id' | 'box'>): Promise<Subscriber> =>
  openJson<Subscriber>(tx, key_id, boxContext(id), box)

/** The newest hash first, which is the one that is stored. */
const addressHashes = (tx: Tx, address: string): Buffer[] => tx.keyring.epochs().toSorted((a, b) => b.epoch - a.epoch).map(({ epoch }) =>
  createHmac('sha256', tx.keyring.derive('subscriber-address',
    epoch)).update(`${tx.organizationId}\n${address.trim().normalize('NFKC').toLowerCase()}`).digest())

const findByToken = (tx: Tx, token: string): Promise<SubscriberRow | undefined> =>
  tx.db.selectFrom('subscribers').selectAll().where('token_hash', '=', tokenHash(token)).forUpdate().executeTakeFirst()

/** Nothing stays of it. */
async function forget(tx: Tx, { id, key_id }: Pick<SubscriberRow, 'id' | 'key_id'>): Promise<void> {
  await tx.db.deleteFrom('subscribers').where('id', '=', id).execute()
  await eraseKey(tx, key_id)
}

const unconfirmedDays = 7

/** Who never confirmed is forgotten. For the daily job. */
export async function forgetUnconfirmed(tx: Tx): Promise<void> {
  const rows = await tx.db.selectFrom('subscribers').select(['id', 'key_id']).where('confirmed_at', 'is', null)
    .where('asked_at', '<', timestampOf(tx.now.subtract({ hours: 24 * unconfirmedDays }))).execute()
  for (const row of rows) await forget(tx, row)
}
