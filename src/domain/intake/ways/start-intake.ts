import type { Settings } from '../../../config/index.ts'
import type { Database } from '../../../db/database.ts'
import type { Intake } from '../take-message.ts'
import type { CertificateFiles } from './certificate.ts'
import { startMailbox } from './mailbox.ts'
import { startReceiver } from './smtp-receiver.ts'

/** Opens the ways in that the settings name, and answers how to close them. */
export async function startIntake(database: Database, settings: Settings, onError: (error: Error) => void): Promise<{ stop(): Promise<void> }> {
  const intake: Intake = { database, address: settings.AVOW_INTAKE_ADDRESS, trusted: settings.AVOW_MAIL_JUDGE, onError }
  const receiver = settings.AVOW_SMTP_LISTEN === undefined ? undefined : await startReceiver(intake, {
    listen: settings.AVOW_SMTP_LISTEN, certificate: certificateOf(settings), mostBytes: settings.AVOW_SMTP_MOST_MB * 1024 * 1024,
  }, onError)
  const mailbox = settings.AVOW_IMAP_URL === undefined ? undefined : startMailbox(intake, {
    url: settings.AVOW_IMAP_URL, folder: settings.AVOW_IMAP_FOLDER, moveTo: settings.AVOW_IMAP_MOVE_TO,
  }, onError)
  return { async stop() { await Promise.all([receiver?.stop(), mailbox?.stop()]) } }
}

const certificateOf = ({ AVOW_SMTP_CERT_FILE: cert, AVOW_SMTP_KEY_FILE: key }: Settings): CertificateFiles | undefined =>
  cert === undefined || key === undefined ? undefined : { cert, key }
