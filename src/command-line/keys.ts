import { rewrapAccounts } from '../access/accounts.ts'
import { readSettings } from '../config/index.ts'
import { createLog } from '../lib/log.ts'
import { keyStore, openStorage } from '../ops/storage.ts'
import { forgetEpoch } from '../seal/end-epochs.ts'
import { fileStore } from '../seal/key-store.ts'
import { nextKeyring, openKeyring } from '../seal/keyring.ts'
import { keysStatus } from '../seal/keys-status.ts'
import { rotateKeys, type KeyWork } from '../seal/rotate-keys.ts'
import { WrongUsage } from './wrong-usage.ts'
import { printed } from './print.ts'

/** `avow keys status` */
export const printStatus = (): Promise<void> => working(async (work) => {
  console.log(printed((await keysStatus(work)).map(({ epoch, state, dataKeys, createdAt, endsAt, fingerprint }) =>
    ({ epoch, state, 'data keys': dataKeys, created: createdAt.toString(), ends: endsAt.toString(), fingerprint }))))
})

/** `avow keys rotate` */
export const rotate = (): Promise<void> => working(async (work) => {
  const { epoch, rewrapped } = await rotateKeys(work)
  console.log(`Epoch ${epoch} is in use; ${rewrapped} keys were wrapped with it. Copy the keyring at ${work.keyring.place} away from this machine again.`)
})

/** `avow keys next`: prints secrets, to be put into the environment by the operator. */
export async function printNext(): Promise<void> {
  process.stdout.write(await nextKeyring(keyStore(readSettings(process.env))))
}

/** `avow keys guard`: what lay open in the file lies encrypted by the service afterwards. */
export async function guard(): Promise<void> {
  const settings = readSettings(process.env)
  if (!settings.AVOW_KEY_SERVICE || settings.AVOW_KEYRING) {
    throw new WrongUsage('Set AVOW_KEY_SERVICE and AVOW_KEY_SERVICE_TOKEN, and keep the keyring in a file.')
  }
  const open = fileStore(settings.AVOW_KEYRING_FILE)
  const epochs = (await openKeyring(open)).epochs().length
  await keyStore(settings).write((await open.read())!, 'replace')
  await openKeyring(keyStore(settings))
  console.log(`The keyring at ${settings.AVOW_KEYRING_FILE} (${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}) is encrypted by the key service now, and opens.`)
  console.log('Destroy its earlier copies once you have tried a restart, or rotate the keys: whoever has one needs no service.')
}

/** `avow keys forget EPOCH` */
export async function forget([epoch]: readonly string[]): Promise<void> {
  if (!epoch || !/^[1-9]\d*$/.test(epoch)) throw new WrongUsage('Usage: avow keys forget EPOCH. “avow keys status” lists the epochs.')
  await working((work) => forgetEpoch(work, Number(epoch)))
  console.log(`Epoch ${epoch} is gone. Destroy every copy of the keyring that still holds it.`)
}

async function working(use: (work: KeyWork) => Promise<void>): Promise<void> {
  const settings = readSettings(process.env)
  const storage = await openStorage(settings, { log: createLog(settings.AVOW_LOG_LEVEL), say: console.error })
  const { database } = storage
  const schedule = { rotateAfterDays: settings.AVOW_KEY_ROTATION_DAYS, retainDays: settings.AVOW_BACKUP_RETENTION_DAYS }
  try { await use({ database, keyring: database.keyring, schedule, others: [rewrapAccounts] }) } finally { await storage.close() }
}
