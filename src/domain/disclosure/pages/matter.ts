import { instantOf } from '../../../db/timestamp.ts'
import type { Tx } from '../../../db/tx.ts'
import { Refusal } from '../../../lib/errors.ts'
import type { Page } from '../../../web/page.ts'
import { getReport, readMessages, type Message, type Report } from '../../reports/index.ts'
import { embargoOf, noteOf, type Embargo } from '../embargo.ts'
import { handlingOf, usualEnd } from '../handling.ts'
import { membersOf, messageName, redact, redactMessage, type Line, type Member, type Redaction } from '../marks.ts'
import { partyNames, type Party } from '../parties.ts'
import { historyOf, type ProposalView } from '../proposal.ts'
import { draftOf, marksOf, partsOf, type Draft } from '../publication.ts'
import { extentNow } from '../publish.ts'
import { stillOpen as openStill, type StillOpen } from '../still-open.ts'

/** All that the pages of one report’s embargo and disclosure show, as its reader may see it. */
export interface Matter {
  readonly report: Report
  readonly embargo: Embargo | undefined
  readonly running: boolean
  /** What was known when it was ended early. */
  readonly endedNote: string | null
  readonly usual: Temporal.Instant | null
  readonly history: readonly ProposalView[]
  readonly nameOf: (party: Party) => string
}

/** The same with the text that is to be published: for the two sides alone. */
export interface MatterWithText extends Matter {
  readonly draft: Draft | null
  readonly members: readonly Member[]
  readonly messages: readonly Message[]
  /** Those that either side chose, as they would stand in public; `both`: whether they would. */
  readonly said: readonly (Message & { readonly of: string; readonly lines: readonly Line[]; readonly both: boolean })[]
  readonly redaction: Redaction | null
  readonly stillOpen: readonly StillOpen[]
  /** What has to come before the publication; null where it may be published now. */
  readonly before: string | null
}

export const matterOf = (page: Page, reportId: string): Promise<Matter> => page.reading((tx) => matter(tx, page, reportId))

async function matter(tx: Tx, page: Page, reportId: string): Promise<Matter> {
  const report = await getReport(tx, page.actor, reportId)
  const embargo = await embargoOf(tx, report.id)
  const history = report.erased_at ? [] : await historyOf(tx, report)
  return {
    report, embargo, endedNote: embargo ? await noteOf(tx, report, embargo) : null,
    running: Boolean(embargo && !embargo.ended_at && Temporal.Instant.compare(instantOf(embargo.until), tx.now) > 0),
    usual: usualEnd(report, await handlingOf(tx)), nameOf: await partyNames(tx, report.id, page.actor),
    history: page.actor.kind === 'guest' ? history.filter(({ about }) => about === 'embargo') : history,
  }
}

export const textOfMatter = (page: Page, reportId: string): Promise<MatterWithText> => page.reading(async (tx) => {
  const known = await matter(tx, page, reportId)
  const { report } = known
  const parts = await partsOf(tx, report)
  const draft = report.erased_at ? null : await draftOf(tx, report)
  const messages = (report.erased_at ? [] : await readMessages(tx, { kind: 'reporter', reportId: report.id }, report))
    .filter(({ voice }) => voice === 'team' || voice === 'reporter')
  const members = membersOf(parts)
  const redaction = draft && redact(parts, marksOf(draft))
  const said = draft ? saidIn(draft, messages) : []
  const stillOpen = openElsewhere(draft, members, redaction, said)
  return { ...known, draft, members, messages, said, redaction, stillOpen, before: await missing(tx, report, draft) }
})

function saidIn(draft: Draft, messages: readonly Message[]): MatterWithText['said'] {
  const { passages } = marksOf(draft)
  const [ours, theirs] = [new Set(draft.companyMessages), new Set(draft.reporterMessages)]
  return messages.filter(({ id }) => ours.has(id) || theirs.has(id)).map((message) => {
    const of = messageName(message.id)
    return { ...message, of, lines: redactMessage(message.text, passages[of]).lines, both: ours.has(message.id) && theirs.has(message.id) }
  })
}

function openElsewhere(draft: Draft | null, members: readonly Member[], redaction: Redaction | null, said: MatterWithText['said']): StillOpen[] {
  if (!draft || !redaction) return []
  const shown = said.filter(({ both }) => both)
  const everywhere = { ...redaction, members: [...redaction.members, ...shown.map(({ of, lines }) => ({ of, lines: [...lines] }))] }
  return openStill([...members, ...shown], marksOf(draft), everywhere, { words: [draft.title, draft.summary].join('\n') })
}

async function missing(tx: Tx, report: Report, draft: Draft | null): Promise<string | null> {
  try {
    await extentNow(tx, report)
    return draft ? null : 'Write the text first.'
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
