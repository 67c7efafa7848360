import { binding, openBox, sealBox } from '../seal/box.ts'
import type { Keyring } from '../seal/keyring.ts'
import { accountKey } from './accounts.ts'
import type { AccountRow } from './tables.ts'

type Owner = Pick<AccountRow, 'id' | 'key_epoch' | 'wrapped_key'>

/**
 * Seals what is about one person under that person's own key, so that erasing them erases it. `place` says which table, column and row:
 * the box opens nowhere else. Both throw `Erased` where the key was destroyed.
 */
export async function sealPersonal(keyring: Keyring, owner: Owner, place: string, value: unknown): Promise<Buffer> {
  return sealBox(await accountKey(keyring, owner), boxBinding(owner, place), Buffer.from(JSON.stringify(value)))
}

/** Throws `BrokenSeal` where the box is not what was sealed here. */
export async function openPersonal<T>(keyring: Keyring, owner: Owner, place: string, box: Buffer): Promise<T> {
  return JSON.parse(openBox(await accountKey(keyring, owner), boxBinding(owner, place), box, place).toString('utf8')) as T
}

const boxBinding = ({ id }: Owner, place: string) => binding('avow/personal/v1', id, place)
