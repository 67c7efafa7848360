import { z } from 'zod'
import { Invalid } from '../../lib/errors.ts'
import { verb } from '../../verbs/verb.ts'
import { changeIdentity, lockReport, ReportId } from '../reports/index.ts'
import { postChanged, postConfirmation } from './letters.ts'
import { addressIn, endLinks, findAddressChange, newAddressLink } from './new-address.ts'
import { identityToChange } from './reach.ts'

export const changeAddress = verb({
  name: 'report.change-address', summary: 'Have mail about your report at another address, once its holder has opened the link that we mail there.',
  may: 'reports.follow', entries: [],
  input: z.object({ report: ReportId, email: z.email('This is not an e-mail address.').max(320).describe('Where we may write to from then on') }),
  async run({ tx, actor }, { report: id, email }) {
    const report = await lockReport(tx, actor, id)
    const identity = await identityToChange(tx, report)
    if (email === identity.email) throw new Invalid({ email: 'We write to this address already.' })
    const keyId = report.identity_key_id ?? await changeIdentity(tx, report, identity)
    await postConfirmation(tx, { address: email, keyId }, await newAddressLink(tx, { report: id, keyId, address: email }))
    return { report: id }
  },
})

/** Whoever holds the mailbox says so; who follows the report asked for it. The address before it is told, and what lies in its mailbox opens nothing more. */
export const confirmAddress = verb({
  name: 'report.confirm-address', summary: 'Confirm, by the link that was mailed there, that mail about a report may come to an address.', may: 'public.read',
  entries: [],
  input: z.object({ token: z.string().min(20).max(100).describe('The token from the mailed link') }),
  async run({ tx }, { token }) {
    const change = await findAddressChange(tx, token, true)
    const report = await lockReport(tx, system, change.report_id)
    const identity = await identityToChange(tx, report)
    await postChanged(tx, report, 'your mail address was changed')
    await changeIdentity(tx, report, { ...identity, email: await addressIn(tx, change) })
    await endLinks(tx, report.id)
  },
})

const system = { kind: 'system', job: 'confirm-address' } as const
