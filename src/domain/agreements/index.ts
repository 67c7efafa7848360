/**
 * Agreements: texts in versions that people sign, here with their name and second factor, or on a file that two people have seen. What may never
 * happen: somebody signs for somebody else, or a text that was not the one on the page; one pair of eyes is enough for a file.
 */
import type { Module } from '../../web/module.ts'
import './kinds.ts'
import { listAgreementsQuery, listMyAgreements } from './list-agreements.ts'
import { agreementPages } from './pages/index.tsx'
import { publishAgreement, withdrawAgreement } from './publish-agreement.ts'
import { signAgreement } from './sign-agreement.ts'
import { bringCopy, confirmCopy, rejectCopy } from './signed-copy.ts'
import './tables.ts'

export const agreements: Module = {
  name: 'agreements',
  verbs: [publishAgreement, withdrawAgreement, signAgreement, bringCopy, confirmCopy, rejectCopy],
  queries: [listAgreementsQuery, listMyAgreements],
  pages: agreementPages,
}

export { copiesToConfirm } from './find.ts'
export { listMyAgreements } from './list-agreements.ts'
export { copyDownload } from './pages/index.tsx'
export { confirmCopy, rejectCopy } from './signed-copy.ts'
