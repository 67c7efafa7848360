import { z } from 'zod'
import { query, verb } from '../../verbs/verb.ts'
import { fingerprints, openPgpKeyReplaced, replaceKey } from './openpgp-key.ts'

/** security.txt, the key's page and the key directory follow at once: they always show the key in use. */
export const replaceOpenPgpKey = verb({
  name: 'contact.replace-key', summary: 'Replaces the OpenPGP key of the security contact. The new one is signed by the old, which stays for reading.',
  may: 'keys.manage', stepUp: true, entries: [openPgpKeyReplaced.kind],
  input: z.object({}),
  output: z.object({ fingerprint: z.string(), former: z.string() }),
  run: ({ tx }) => replaceKey(tx),
})

export const listOpenPgpKeys = query({
  name: 'contact.list-keys', summary: 'Lists the OpenPGP keys of the security contact, the one in use first.', may: 'keys.manage',
  input: z.object({}),
  run: async ({ tx }) => ({ keys: await fingerprints(tx) }),
})
