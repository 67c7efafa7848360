import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Conflict, Invalid } from '../../lib/errors.ts'
import { claimAttachments, type Attachment } from '../../seal/attachments.ts'
import { newSubjectKey, sealJson, sealText } from '../../seal/envelope.ts'
import { indexText, openIndex } from '../../seal/search.ts'
import type { Work } from '../../verbs/verb.ts'
import { policyInForce, type PolicyInForce } from '../policies/index.ts'
import { findAsset, findBySubmission, type Asset } from './find.ts'
import { reportReceived, type ReportedFacts } from './kinds.ts'
import { keepFor } from './kept.ts'
import { identityContext, tellTeam, type Identity } from './letters.ts'
import { newPhrase, newReference, phraseHash } from './phrase.ts'
import type { Channel } from './report.ts'
import type { ReportInput } from './submit-report.ts'

export interface Received { report: string; reference: string; phrase: string; entry: string }

/**
 * A report arrives, by whatever channel: the verb at work must declare `report.received`. The answer is the only time that the tracking
 * phrase is told.
 */
export async function receiveReport({ tx, actor }: Work, given: ReportInput, { channel }: { channel: Channel }): Promise<Received> {
  const arrived = { id: tx.newId(), reference: newReference(), restricted_at: null }
  const { id, reference } = arrived
  const [policy, asset, index] = await Promise.all([
    policyInForce(tx), assetOf(tx, given), openIndex(tx, 'report'), refuseTwice(tx, given), tellTeam(tx, arrived, 'a new report arrived'),
  ])
  const contentKey = await newSubjectKey(tx, 'report', id)
  const attachments = await claimAttachments(tx, given.attachments, contentKey, { kind: 'report', id })
  const facts = reportedFacts(reference, asset, policy, attachments, given)
  const { entryId } = await append(tx, reportReceived, { subjects: { report: id }, marks: { channel }, facts, keyId: contentKey })
  const phrase = newPhrase()
  await insertReport(tx, { id, contentKey, entryId, phrase, facts, channel, policy, given })
  indexText(tx, index, id, { title: facts.title, body: searchable(facts) }, tx.now)
  if (actor.kind === 'person' || actor.kind === 'member') await keepFor(tx, actor.accountId, id)
  return { report: id, reference, phrase, entry: entryId }
}

async function refuseTwice(tx: Tx, { submission }: ReportInput): Promise<void> {
  if (!submission || !(await findBySubmission(tx, submission))) return
  throw new Conflict('report_already_received', 'This report has already arrived. Follow it with the tracking phrase that you were given.')
}

async function assetOf(tx: Tx, given: ReportInput): Promise<Asset | undefined> {
  const asset = given.asset ? await findAsset(tx, given.asset) : undefined
  if (given.asset && !asset) throw new Invalid({ asset: 'This is not in the list. Choose another, or none.' })
  return asset
}

function reportedFacts(
  reference: string, asset: Asset | undefined, policy: PolicyInForce | null, attachments: readonly Attachment[], given: ReportInput,
): ReportedFacts {
  return {
    reference,
    title: given.title,
    asset: asset?.name ?? null,
    weakness: given.weakness,
    description: given.description,
    steps: given.steps,
    proof_of_concept: given.proof_of_concept,
    impact: given.impact,
    tools: given.tools.filter((tool) => tool.name || tool.version || tool.output),
    skipped: given.skipped,
    attachments: attachments.map(({ name, size, sha256 }) => ({ name, size, sha256 })),
    policy: policy && { slug: policy.slug, version: policy.version, sha256: policy.text_sha256 },
    good_faith_declared: given.good_faith,
  }
}

interface Arrived {
  id: string
  contentKey: string
  entryId: string
  phrase: string
  facts: ReportedFacts
  channel: Channel
  policy: PolicyInForce | null
  given: ReportInput
}

async function insertReport(tx: Tx, { id, contentKey, entryId, phrase, facts, channel, policy, given }: Arrived): Promise<void> {
  const now = timestampOf(tx.now)
  tx.send(tx.db.insertInto('reports').values({
    organization_id: tx.organizationId,
    id,
    reference: facts.reference,
    submission_id: given.submission ?? tx.newId(),
    phrase_hash: phraseHash(phrase),
    content_key_id: contentKey,
    title: await sealText(tx, contentKey, titleContext(id), facts.title),
    ...(await sealedIdentity(tx, id, { name: given.name, email: given.email, claimKey: given.claim_key })),
    asset_id: given.asset || null,
    weakness: given.weakness,
    channel,
    state: 'received',
    policy_version_id: policy?.id ?? null,
    received_entry_id: entryId,
    received_at: now,
  }).execute())
}

/** Who reported lies under a key of its own, made only when somebody said anything. */
async function sealedIdentity(tx: Tx, id: string, identity: Identity) {
  if (!identity.name && !identity.email && !identity.claimKey) return { identity_key_id: null, identity: null }
  const key = await newSubjectKey(tx, 'person', id)
  return { identity_key_id: key, identity: await sealJson(tx, key, identityContext(id), identity) }
}

export const titleContext = (id: string) => `report-title:${id}`

/** What search finds a report by, beside its title. */
export const searchable = ({ reference, asset, weakness, description, steps, proof_of_concept, impact, tools }: ReportedFacts) =>
  [reference, asset, weakness, description, steps, proof_of_concept, impact, ...tools.flatMap(({ name, output }) => [name, output])].filter(Boolean).join('\n')
