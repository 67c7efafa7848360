import type { Module } from '../../web/module.ts'
import { keyPages } from './key-page.tsx'
import { serveOpenPgp } from './pages.ts'
import { listOpenPgpKeys, replaceOpenPgpKey } from './replace-key.ts'
import './tables.ts'

/**
 * How others reach us in confidence: the OpenPGP key that signs security.txt, and to which mail to the security contact can be encrypted.
 * What may never happen: the private half leaves the database unsealed; another key takes its place without an entry in the ledger.
 */
export const contact: Module = {
  name: 'contact',
  verbs: [replaceOpenPgpKey],
  queries: [listOpenPgpKeys],
  pages(web) {
    serveOpenPgp(web)
    keyPages(web)
  },
}

export { clearSigned } from './clear-sign.ts'
export { decrypted } from './decrypt.ts'
export { encryptedTo } from './encrypt-to.ts'
export { openIncoming, openingKeys, type Incoming, type OpeningKeys } from './incoming.ts'
export { encryptionWords, signatureWords, type Encryption, type Signature } from './open-message.ts'
export { keyInFile } from './key-file.ts'
export { openPgpKey, openPrivateKey, type OpenPgpKey } from './openpgp-key.ts'
export { keyOf, publicKeyPath } from './pages.ts'
export { readerKey, tidyKey, whyNotEncrypted, type ReaderKey, type Unusable } from './reader-key.ts'
