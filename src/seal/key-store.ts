import { link, mkdir, open, readFile, rename, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { KeyringProblem } from './keyring-format.ts'

/** Where the keyring's text lies. A cloud's key service is one too: see `guarded`. */
export interface KeyStore {
  readonly place: string
  /** False where only the operator can change it. */
  readonly writable: boolean
  /** Undefined where nothing is stored yet. */
  read(): Promise<string | undefined>
  /** On disk for good when it returns. `new` fails where something is stored already. */
  write(text: string, mode: 'new' | 'replace'): Promise<void>
}

/** A file that only its owner can read (mode 0600), replaced whole or not at all. */
export function fileStore(path: string): KeyStore {
  return {
    place: path,
    writable: true,
    read: () => readFile(path, 'utf8').catch(absent),
    async write(text, mode) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 })
      const draft = `${path}.next`
      const file = await open(draft, 'w', 0o600)
      await file.writeFile(text)
      await file.sync()
      await file.close()
      if (mode === 'new') await link(draft, path).finally(() => unlink(draft))
      else await rename(draft, path)
      await syncFolder(dirname(path))
    },
  }
}

/** The keyring's text in a variable, for deployments that keep secrets there. Avow cannot change it. */
export function environmentStore(name: string, environment: NodeJS.ProcessEnv = process.env): KeyStore {
  return {
    place: `the environment variable ${name}`,
    writable: false,
    read: async () => environment[name],
    async write() {
      throw new KeyringProblem(`The keyring comes from the environment variable ${name}, which Avow cannot change.`
        + ' Run “avow keys next” and put what it prints there.')
    },
  }
}

/** What a cloud's key service does for us: encrypt and decrypt a few kilobytes with a key that never leaves it. */
export interface KeyService {
  readonly name: string
  encrypt(plain: Buffer): Promise<Buffer>
  decrypt(sealed: Buffer): Promise<Buffer>
}

/** The store holds only what the key service encrypted: one call when Avow starts, none for each data key. */
export function guarded(store: KeyStore, service: KeyService): KeyStore {
  return {
    place: `${store.place} (opened by ${service.name})`,
    writable: store.writable,
    async read() {
      const sealed = await store.read()
      return sealed === undefined ? undefined : (await service.decrypt(Buffer.from(sealed, 'base64'))).toString('utf8')
    },
    write: async (text, mode) => store.write(`${(await service.encrypt(Buffer.from(text))).toString('base64')}\n`, mode),
  }
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}

/** A renamed or new file survives a power cut only when its folder is on disk too. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync()
  await folder.close()
}
