import { hkdfSync, randomBytes } from 'node:crypto'
import { openBox, sealBox } from './box.ts'
import type { KeyStore } from './key-store.ts'
import { KeyringProblem, parseKeyring, printKeyring, type Epoch } from './keyring-format.ts'

export { KeyringProblem }

/**
 * The keys that wrap all data keys, in epochs. New data keys are wrapped by the newest epoch; an older one stays
 * until everything is re-wrapped and the retention period of backups is over, then it is destroyed.
 */
export interface Keyring {
  /** Where it is kept, for people: a path, or the name of a variable. */
  readonly place: string
  /** Whether Avow itself may add and destroy epochs. */
  readonly writable: boolean
  readonly currentEpoch: number
  /** Oldest first. A fingerprint identifies a secret and tells nothing about it. */
  epochs(): EpochFingerprint[]
  /** `bound` is authenticated with the key: the same bytes must be given to unwrap. */
  wrap(dataKey: Buffer, bound: Buffer): Promise<{ epoch: number; wrapped: Buffer }>
  unwrap(epoch: number, wrapped: Buffer, bound: Buffer): Promise<Buffer>
  /** 32 bytes for one purpose of this deployment (HKDF-SHA-256, RFC 5869). They end with their epoch. */
  derive(purpose: string, epoch?: number): Buffer
  /** Reads the keyring again: another process may have rotated. */
  refresh(): Promise<void>
  /** The next epoch, stored before this returns. */
  addEpoch(): Promise<number>
  /** Forgets an epoch's secret. Whatever is still wrapped by it, here or in any backup, is lost. */
  destroyEpoch(epoch: number): Promise<void>
}

export interface EpochFingerprint { epoch: number; createdAt: Temporal.Instant; fingerprint: string }

/** Throws `KeyringProblem` where the store is empty or holds something else. */
export async function openKeyring(store: KeyStore): Promise<Keyring> {
  return new StoredKeyring(store, await readEpochs(store))
}

/** Makes the first epoch. Refuses to write over a keyring that is there. */
export async function createKeyring(store: KeyStore): Promise<Keyring> {
  if (await store.read() !== undefined) throw new KeyringProblem(`There is a keyring at ${store.place} already.`)
  const epochs = [newEpoch(1)]
  await store.write(printKeyring(epochs), 'new')
  return new StoredKeyring(store, epochs)
}

/** The same keyring with one epoch more, as text, for a store that Avow cannot write. `avow keys next` prints it. */
export async function nextKeyring(store: KeyStore): Promise<string> {
  const epochs = await readEpochs(store)
  return printKeyring([...epochs, newEpoch(epochs.at(-1)!.epoch + 1)])
}

/** A keyring in memory with secrets that are the same in every run. For tests alone. */
export function testKeyring(): Keyring {
  const first = { epoch: 1, createdAt: Temporal.Instant.from('2026-01-01T00:00:00Z'), secret: Buffer.alloc(32, 1) }
  let text = printKeyring([first])
  const store: KeyStore = { place: 'memory', writable: true, read: async () => text, write: async (next) => { text = next } }
  return new StoredKeyring(store, [first])
}

class StoredKeyring implements Keyring {
  readonly #store: KeyStore
  #epochs: Epoch[]
  /** What was derived from each epoch, by its purpose: every request needs some, and a list of fifty reports unwraps fifty data keys. */
  readonly #derived = new WeakMap<Epoch, Map<string, Buffer>>()

  constructor(store: KeyStore, epochs: Epoch[]) {
    this.#store = store
    this.#epochs = epochs
  }

  get place() { return this.#store.place }
  get writable() { return this.#store.writable }
  get currentEpoch() { return this.#epochs.at(-1)!.epoch }

  epochs(): EpochFingerprint[] {
    return this.#epochs.map(({ epoch, createdAt, secret }) => ({ epoch, createdAt, fingerprint: derive(secret, 'fingerprint').toString('hex', 0, 16) }))
  }

  async wrap(dataKey: Buffer, bound: Buffer) {
    const epoch = this.currentEpoch
    return { epoch, wrapped: sealBox(this.#derive(epoch, 'wrap'), bound, dataKey) }
  }

  async unwrap(epoch: number, wrapped: Buffer, bound: Buffer): Promise<Buffer> {
    if (!this.#find(epoch)) await this.refresh()
    return openBox(this.#derive(epoch, 'wrap'), bound, wrapped, 'a data key')
  }

  derive(purpose: string, epoch = this.currentEpoch): Buffer {
    return Buffer.from(this.#derive(epoch, purpose))
  }

  async addEpoch(): Promise<number> {
    await this.refresh()
    const added = newEpoch(this.currentEpoch + 1)
    await this.#replace([...this.#epochs, added])
    return added.epoch
  }

  async destroyEpoch(epoch: number): Promise<void> {
    await this.refresh()
    if (epoch === this.currentEpoch) throw new KeyringProblem(`Epoch ${epoch} is in use and cannot be destroyed.`)
    await this.#replace(this.#epochs.filter((kept) => kept.epoch !== epoch))
  }

  async refresh(): Promise<void> {
    this.#epochs = await readEpochs(this.#store)
  }

  #find(epoch: number) { return this.#epochs.find((one) => one.epoch === epoch) }

  #demand(epoch: number): Epoch {
    const found = this.#find(epoch)
    if (!found) throw new KeyringProblem(`The keyring at ${this.place} lacks epoch ${epoch}. Copy the newest keyring to this machine.`)
    return found
  }

  #derive(epoch: number, purpose: string): Buffer {
    const held = this.#demand(epoch)
    const known = this.#derived.get(held) ?? new Map<string, Buffer>()
    this.#derived.set(held, known)
    const key = known.get(purpose) ?? derive(held.secret, purpose)
    known.set(purpose, key)
    return key
  }

  async #replace(epochs: Epoch[]): Promise<void> {
    await this.#store.write(printKeyring(epochs), 'replace')
    this.#epochs = epochs
  }
}

async function readEpochs(store: KeyStore): Promise<Epoch[]> {
  const text = await store.read()
  if (text !== undefined) return parseKeyring(text, store.place)
  throw new KeyringProblem(`There is no keyring at ${store.place}. Put the keyring of this database there; without it the data cannot be read.`)
}

const derive = (secret: Buffer, purpose: string) => Buffer.from(hkdfSync('sha256', secret, '', `avow/${purpose}/v1`, 32))

const newEpoch = (epoch: number): Epoch => ({ epoch, createdAt: Temporal.Now.instant().round('second'), secret: randomBytes(32) })
