import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { append } from '../../ledger/index.ts'
import { Conflict, Invalid } from '../../lib/errors.ts'
import { claimAttachments, type Attachment } from '../../seal/attachments.ts'
import { newSubjectKey, sealJson, sealText } from '../../seal/envelope.ts'
import { indexText, openIndex } from '../../seal/search.ts'
import type { Work } from '../../verbs/verb.ts'
import { admit, keepSenders, type Admission, type Sender, type Signals } from '../gates/index.ts'
import { policyInForce, type PolicyInForce } from '../policies/index.ts'
import { newParts } from './duplicates/parts.ts'
import { findAsset, hasArrived, type Asset } from './find.ts'
import { reportDeposited, reportReceived, type ReportedFacts } from './kinds.ts'
import { keepFor } from './kept.ts'
import { identityContext, tellTeam, type Identity } from './letters.ts'
import { newPhrase, newReference, phraseHash } from './phrase.ts'
import { reasonsFor } from './reasons.ts'
import type { Channel } from './report.ts'
import type { ReportInput } from './submit-report.ts'
import { isOnlyToolOutput } from './tool-findings.ts'
import { received } from './when-received.ts'

type OfForms = 'good_faith' | 'voucher' | 'opened' | 'proof' | 'reasons' | Particular
/** What is reported. That somebody acted in good faith is asked by the form, and by no mail; nor is what the gates ask of a browser. */
export type ReportGiven = Omit<ReportInput, OfForms> & { readonly good_faith: boolean } & Partial<Pick<ReportInput, Exclude<OfForms, 'good_faith'>>>

/** Facts that stand in the entry only where something was said. */
const particulars = ['version', 'endpoint', 'parameter', 'expected_result', 'cvss'] as const
type Particular = (typeof particulars)[number]

export interface Received { report: string; reference: string; phrase: string; entry: string }

export interface Way {
  readonly channel: Channel
  /** The sender's own domain vouches for the mail that it came by. */
  readonly mailProven?: boolean
  /** How many of its files only sign the others, or cannot be opened. */
  readonly signatures?: number
  /** Somebody of the team brought the mail in as a file. */
  readonly brought?: boolean
  /** Of a report that somebody of the team entered: by which way and when it had come. A claim. */
  readonly before?: { readonly by: string; readonly at?: Temporal.Instant }
  /** The report that it was split off from: it is judged by the same policy, and whoever sent that sent this. */
  readonly splitFrom?: { readonly reference: string; readonly policy: JudgedBy | null; readonly senders: readonly Sender[]; readonly restricted: boolean }
}

type JudgedBy = Pick<PolicyInForce, 'id' | 'slug' | 'version' | 'text_sha256'>

/** The entries that a report may leave on arrival: whatever receives one declares them. */
export const arrivals = ['report.received', 'report.deposited']

/**
 * A report arrives, by whatever channel: the verb at work must declare `arrivals`. The answer is the only time that the tracking
 * phrase is told. While intake is paused it is deposited, and opened on its day; a blocked sender's is deposited closed.
 */
export async function receiveReport(work: Work, given: ReportGiven, way: Way): Promise<Received> {
  const { tx, actor } = work
  const { channel } = way
  const { id, reference } = { id: tx.newId(), reference: newReference() }
  const [policy, asset, index, admission] = await Promise.all([
    way.splitFrom ? way.splitFrom.policy : policyInForce(tx), assetOf(tx, given), openIndex(tx, 'report'), admit(work, arriving(given, way)),
      refuseTwice(tx, given),
  ])
  const contentKey = await newSubjectKey(tx, 'report', id)
  const attachments = await claimAttachments(tx, given.attachments, contentKey, { kind: 'report', id })
  const facts = { ...reportedFacts(reference, asset, policy, attachments, given), ...historyOf(way) }
  const { root: parts, seed } = await newParts(tx, id, contentKey, facts)
  const because = admission.block ? 'blocked' : admission.opensAt ? 'paused' : undefined
  const entry = { subjects: { report: id }, facts, keyId: contentKey, ...way.before?.at && { effectiveAt: way.before.at } }
  const { entryId } = because
    ? await append(tx, reportDeposited, { ...entry, marks: { channel, because, parts } })
    : await append(tx, reportReceived, { ...entry, marks: { channel, parts } })
  const phrase = newPhrase()
  await insertReport(tx, { id, contentKey, entryId, phrase, facts, seed, channel, policy, given, admission, restricted: way.splitFrom?.restricted ?? false })
  keepSenders(tx, id, way.splitFrom?.senders ?? admission.senders)
  if (because !== 'paused') indexText(tx, index, id, { title: facts.title, body: searchable(facts) }, tx.now)
  // A flood of what is suspect must not flood the team's mailboxes: its queue and its clocks speak for it.
  // Of what is split off a restricted report, those who see it know already.
  if (!because && admission.queue !== 'suspect' && !way.splitFrom?.restricted) {
    await tellTeam(tx, { id, reference, restricted_at: null }, 'a new report arrived')
  }
  if (!because) await received(tx, id, admission.queue)
  if (!byTeam(way) && (actor.kind === 'person' || actor.kind === 'member')) await keepFor(tx, actor.accountId, id)
  return { report: id, reference, phrase, entry: entryId }
}

/** Somebody of the team entered it: they are not who reported it, and nothing is asked of them. */
const byTeam = ({ channel, splitFrom, brought }: Way): boolean => channel === 'team' || brought === true || splitFrom !== undefined

/** What the gates judge it by. Of a mail nothing can be asked back, so nothing is insisted on. */
const arriving = (given: ReportGiven, way: Way) => ({
  said: { email: given.email, claimKey: given.claim_key, voucher: given.voucher ?? '', ...way.mailProven && { mailProven: true } },
  effort: { submission: given.submission ?? '', opened: given.opened ?? '', proof: given.proof ?? '' },
  seen: seenIn(given, way),
  byTeam: byTeam(way),
  skipped: given.skipped,
  reasons: given.reasons ?? {},
  ...!byTeam(way) && way.channel !== 'mail' && { fields: given },
})

/** What the content says of itself, for its class. */
function seenIn(given: ReportGiven, { signatures = 0 }: Way): Signals {
  const files = given.attachments.length > signatures
  return {
    evidence: Boolean(given.steps || given.proof_of_concept || files), onlyScanner: isOnlyToolOutput(given),
    expectedResult: Boolean(given.expected_result && (given.proof_of_concept || files)),
  }
}

async function refuseTwice(tx: Tx, { submission }: ReportGiven): Promise<void> {
  if (!submission || !(await hasArrived(tx, submission))) return
  throw new Conflict('report_already_received', 'This report has already arrived. Follow it with the tracking phrase that you were given.')
}

async function assetOf(tx: Tx, given: ReportGiven): Promise<Asset | undefined> {
  const asset = given.asset ? await findAsset(tx, given.asset) : undefined
  if (given.asset && !asset) throw new Invalid({ asset: 'This is not in the list. Choose another, or none.' })
  return asset
}

function reportedFacts(
  reference: string, asset: Asset | undefined, policy: JudgedBy | null, attachments: readonly Attachment[], given: ReportGiven,
): ReportedFacts {
  const reasons = reasonsFor(given, given.reasons)
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
    ...Object.fromEntries(particulars.flatMap((name) => given[name] ? [[name, given[name]]] : [])),
    ...reasons && { reasons },
  }
}

const historyOf = ({ before, splitFrom }: Way): Partial<ReportedFacts> => ({
  ...before && { arrived_by: before.by }, ...before?.at && { arrived_at: before.at.toString() }, ...splitFrom && { split_from: splitFrom.reference },
})

interface Arrived {
  id: string
  contentKey: string
  entryId: string
  phrase: string
  facts: ReportedFacts
  /** Of the salts of its parts, sealed. */
  seed: Buffer
  channel: Channel
  policy: JudgedBy | null
  given: ReportGiven
  admission: Admission
  restricted: boolean
}

async function insertReport(tx: Tx, { id, contentKey, entryId, phrase, facts, seed, channel, policy, given, admission, restricted }: Arrived): Promise<void> {
  const now = timestampOf(tx.now)
  const { queue, reasons, block, opensAt } = admission
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
    ...(block ? { state: 'closed', closed_because: 'spam', closed_at: now, deposited_at: now } : { state: 'received' }),
    ...(restricted && { restricted_at: now }),
    ...(!block && opensAt && { deposited_at: now, opens_at: timestampOf(opensAt) }),
    queue,
    queue_reasons: [...reasons],
    policy_version_id: policy?.id ?? null,
    parts_seed: seed,
    received_entry_id: entryId,
    received_at: now,
    happened_at: now,
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
export const searchable = ({ reference, asset, weakness, version, endpoint, parameter, description, steps, proof_of_concept, impact, tools }: ReportedFacts) =>
  [reference, asset, version, weakness, endpoint, parameter, description, steps, proof_of_concept, impact,
    ...tools.flatMap(({ name, output }) => [name, output])].filter(Boolean).join('\n')
