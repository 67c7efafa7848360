import type { Tx } from '../../db/tx.ts'
import { post, toTeam, type Letter, type Recipient } from '../../mail/index.ts'
import { newSubjectKey, openJson, sealJson } from '../../seal/envelope.ts'
import type { Report } from './find.ts'
import { peopleOf } from './people.ts'
import { updateReport } from './step.ts'

/** Who reported, as far as they said so. Sealed under the identity key. */
export interface Identity { name: string; email: string; claimKey: string }

export const identityContext = (reportId: string) => `report-identity:${reportId}`

export async function identityOf(tx: Tx, report: Report): Promise<Identity | null> {
  if (!report.identity || !report.identity_key_id) return null
  return openJson<Identity>(tx, report.identity_key_id, identityContext(report.id), report.identity)
}

/** What a reporter says anew of who they are, under the key that goes when they are erased: the answer names it. */
export async function changeIdentity(tx: Tx, report: Report, identity: Identity): Promise<string> {
  const key = report.identity_key_id ?? await newSubjectKey(tx, 'person', report.id)
  await updateReport(tx, report, { identity_key_id: key, identity: await sealJson(tx, key, identityContext(report.id), identity) })
  return key
}

/** How a reporter comes to read what was written, in a sentence and a link, and what goes with the letter. */
export interface Reach extends Pick<Letter, 'enclosing' | 'answers'> { readonly open: string }

let reach = async (_tx: Tx, _report: Report): Promise<Reach> => ({ open: 'Read it, and answer, with your tracking phrase:\n\n{link:/track}' })

/** Another folder knows more ways to reach a reporter: by an answer to their mail, encrypted to their key. */
export function reachReporters(by: typeof reach): void { reach = by }

/**
 * Mails about a report say that something happened, never what was reported: a mailbox is read by more people than one thinks.
 * A reporter without an address gets none and reads `/track`.
 */
export async function tellReporter(tx: Tx, report: Report, happened: string): Promise<void> {
  const identity = await identityOf(tx, report)
  if (!identity?.email) return
  const { open, ...more } = await reach(tx, report)
  await post(tx, {
    to: { address: identity.email, keyId: report.identity_key_id! },
    subject: `${report.reference}: ${happened}`,
    text: `Your report ${report.reference}: ${happened}.\n\n${open}\n\nThis mail carries nothing of what you reported.`,
    thread: { id: report.id, with: 'reporter' },
    ...more,
  })
}

export const tellTeam = async (tx: Tx, report: Pick<Report, 'id' | 'reference' | 'restricted_at'>, happened: string): Promise<void> =>
  postToTeam(tx, report.restricted_at ? await toPeopleOf(tx, report.id) : await toTeam(tx, 'reports.triage'), report, happened)

/** Finds out whom to write to; whether to write can be decided after. */
export async function lettersToTeam(tx: Tx): Promise<(report: Pick<Report, 'id' | 'reference'>, happened: string) => Promise<void>> {
  const team = await toTeam(tx, 'reports.triage')
  return (report, happened) => postToTeam(tx, team, report, happened)
}

/** The same letter to some of them: nothing of the report, and nobody's name. */
export const tellAccounts = (tx: Tx, accounts: readonly string[], report: Pick<Report, 'id' | 'reference'>, happened: string): Promise<void> =>
  postToTeam(tx, { accounts }, report, happened)

async function postToTeam(tx: Tx, to: Recipient, report: Pick<Report, 'id' | 'reference'>, happened: string): Promise<void> {
  await post(tx, {
    to,
    subject: `${report.reference}: ${happened}`,
    text: `Report ${report.reference}: ${happened}.\n\n{link:/desk/reports/${report.id}}\n\nMails carry nothing of a report's content.`,
    thread: { id: report.id },
  })
}

/** Where all who were added have left, whoever looks after the people has to see to it that somebody can. */
async function toPeopleOf(tx: Tx, reportId: string): Promise<Recipient> {
  const accounts = await peopleOf(tx, reportId)
  return accounts.length > 0 ? { accounts } : toTeam(tx, 'access.manage')
}
