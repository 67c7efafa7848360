import type { Module } from '../../web/module.ts'
import { serveOpenPgp } from './pages.ts'
import './tables.ts'

/**
 * How others reach us in confidence: the OpenPGP key that signs security.txt, and to which mail to the security contact can be encrypted.
 * What may never happen: the private half leaves the database unsealed; another key takes its place without an entry in the ledger.
 */
export const contact: Module = { name: 'contact', verbs: [], queries: [], pages: serveOpenPgp }

export { clearSigned } from './clear-sign.ts'
export { decrypted } from './decrypt.ts'
export { openPgpKey, openPrivateKey, type OpenPgpKey } from './openpgp-key.ts'
export { keyOf, publicKeyPath } from './pages.ts'
