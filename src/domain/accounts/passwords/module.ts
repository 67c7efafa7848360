import type { Module } from '../../../web/module.ts'
import { changePassword } from './change-password.ts'
import { createOwnAccount } from './create-account.ts'
import { listRecoveries } from './list-recoveries.ts'
import { mailReset } from './mail-reset.ts'
import { changePages } from './pages/change.tsx'
import { mailForms } from './pages/mail-forms.tsx'
import { newPasswordPages } from './pages/new-password.tsx'
import { recoveriesPages } from './pages/recoveries.tsx'
import { recoveryPages } from './pages/recovery.tsx'
import { approveRecovery, askRecovery, finishRecovery, refuseOwnRecovery, refuseRecovery } from './recovery.ts'
import { resetPassword } from './reset-password.ts'
import './tables.ts'

/**
 * Passwords, and the ways back in for whoever has lost one, or a second factor. What may never happen: an answer tells whether there is an
 * account; a link that was mailed works twice, or by being opened; a reset takes the place of the second factor; one administrator alone removes it.
 */
export const passwords: Module = {
  name: 'passwords',
  verbs: [changePassword, resetPassword, mailReset, createOwnAccount, askRecovery, approveRecovery, refuseRecovery, refuseOwnRecovery, finishRecovery],
  queries: [listRecoveries],
  pages(web) {
    mailForms(web)
    newPasswordPages(web)
    changePages(web)
    recoveryPages(web)
    recoveriesPages(web)
  },
}
