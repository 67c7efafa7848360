import { z } from 'zod'
import type { Tx } from '../../db/tx.ts'
import { Invalid, Refused } from '../../lib/errors.ts'
import { AttachmentId } from '../../verbs/fields.ts'
import { query, verb } from '../../verbs/verb.ts'
import { keyInFile, readerKey, type Unusable } from '../contact/index.ts'
import { changeIdentity, getReport, identityOf, lockReport, ReportId, type Identity, type Report } from '../reports/index.ts'
import { postChanged } from './letters.ts'
import { endLinks, waitingAddress } from './new-address.ts'
import { keyArrived, keyOfReporter, readerOf } from './reporter-key.ts'

const mostKey = 20_000

/** To whoever gives the key. */
export const whyNot: Record<Unusable, string> = {
  'no-key': 'This is no OpenPGP key. Paste all of it, from “-----BEGIN PGP PUBLIC KEY BLOCK-----” to its end.',
  'unreadable': 'This key cannot be read. Export it anew, and paste all of it.',
  'private': 'This is your private key. It was not kept; give us the public one, and think about whether others may have seen this.',
  'expired': 'This key has expired. Extend it or make a new one, and export that.',
  'revoked': 'This key is revoked.',
  'cannot-encrypt': 'Nothing can be encrypted to this key: it has no valid part for encryption.',
  'weak': 'This key is too weak to keep anything secret. Make a new one.',
}

export const readReach = query({
  name: 'report.read-reach', summary: 'Read by which address and which OpenPGP key you are reached about your report.', may: 'reports.follow',
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }) {
    const report = await getReport(tx, actor, id)
    const reader = await readerOf(tx, report)
    return {
      report: id, byMail: report.channel === 'mail', email: (await identityOf(tx, report))?.email ?? '', waiting: await waitingAddress(tx, report),
      key: 'fingerprint' in reader ? { fingerprint: reader.fingerprint, wrong: null }
        : reader.why === 'no-key' ? null : { fingerprint: '', wrong: whyNot[reader.why] },
    }
  },
})

/** `replaces` names the key that it takes the place of, so that none is replaced that its owner has not seen. */
export const changeKey = verb({
  name: 'report.change-key', summary: 'Give the OpenPGP key to which our answers are encrypted.', may: 'reports.follow', entries: [],
  input: z.object({
    report: ReportId,
    key: z.string().trim().max(mostKey, 'A key may have at most 20,000 characters. Export it with its newest signatures alone.').default('')
      .describe('The public key, armored'),
    key_file: AttachmentId.optional().describe('The same as an uploaded file, armored or not'),
    replaces: z.string().max(64).default('').describe('The fingerprint of the key that it replaces; empty where there is none that works'),
  }),
  output: z.object({ fingerprint: z.string() }),
  async run({ tx, actor }, { report: id, key: pasted, key_file: file, replaces }) {
    const report = await getReport(tx, actor, id)
    const identity = await identityToChange(tx, report)
    const armored = file === undefined ? pasted : await keyInFile(tx, file, 'key_file')
    const reader = await readerKey(armored, tx.now)
    if ('why' in reader) throw new Invalid({ key: whyNot[reader.why] })
    const former = await readerOf(tx, report)
    if ('fingerprint' in former && former.fingerprint !== replaces) {
      throw new Refused('key_in_use', 'Another key is in use. Look at its fingerprint on this page, and send the form again to replace it.')
    }
    const had = await keyOfReporter(tx, report) !== null
    if (!report.identity_key_id) await changeIdentity(tx, report, identity)
    const taken = await keyArrived(tx, await getReport(tx, actor, id), armored, { by: 'entered', sure: true })
    if (!taken) throw new Invalid({ key: whyNot.unreadable })
    if (had) await postChanged(tx, report, 'your OpenPGP key was changed')
    return { fingerprint: reader.fingerprint }
  },
})

export const removeAddress = verb({
  name: 'report.remove-address', summary: 'Have no more mail about your report, and your address forgotten.', may: 'reports.follow', entries: [],
  input: z.object({ report: ReportId }),
  async run({ tx, actor }, { report: id }) {
    const report = await lockReport(tx, actor, id)
    const identity = await identityToChange(tx, report)
    await endLinks(tx, id)
    if (identity.email === '') return { report: id }
    await postChanged(tx, report, 'this address was removed')
    await changeIdentity(tx, report, { ...identity, email: '' })
    return { report: id }
  },
})

/** Whoever was erased stays so: nothing is written under a key that is gone. */
export async function identityToChange(tx: Tx, report: Report): Promise<Identity> {
  if (report.identity_key_id && !report.identity) throw new Refused('reporter_erased', 'Who reported this was erased. Nothing about you is kept any more.')
  return await identityOf(tx, report) ?? { name: '', email: '', claimKey: '' }
}
