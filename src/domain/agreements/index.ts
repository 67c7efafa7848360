/**
 * Agreements: texts in versions that people sign, here with their name and second factor, or on a file that two people have seen. What may never
 * happen: somebody signs for somebody else, or a text that was not the one on the page; one pair of eyes is enough for a file.
 */
import { onEntry } from '../../ledger/index.ts'
import type { Module } from '../../web/module.ts'
import { listPeople } from '../people/index.ts'
import { agreementTexts } from './agreement.ts'
import './duties.ts'
import { listAgreementsQuery, listMyAgreements } from './list-agreements.ts'
import { agreementPages } from './pages/index.tsx'
import { askToSign, publishAgreement, withdrawAgreement } from './publish-agreement.ts'
import { signAgreement } from './sign-agreement.ts'
import { bringCopy, confirmCopy, rejectCopy } from './signed-copy.ts'
import './tables.ts'

// Whoever comes later is asked as those were who were here.
onEntry(['person.joined'], async (tx, { subjects: { person } }) => askToSign(tx, await agreementTexts.list(tx), await listPeople(tx, { ids: [person!] })))

export const agreements: Module = {
  name: 'agreements',
  verbs: [publishAgreement, withdrawAgreement, signAgreement, bringCopy, confirmCopy, rejectCopy],
  queries: [listAgreementsQuery, listMyAgreements],
  pages: agreementPages,
}

export { copiesToConfirm } from './agreement.ts'
export { listMyAgreements } from './list-agreements.ts'
export { copyDownload } from './pages/index.tsx'
export { confirmCopy, rejectCopy } from './signed-copy.ts'
