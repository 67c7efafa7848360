import { createHash } from 'node:crypto'
import { z } from 'zod'
import { timestampOf } from '../../db/timestamp.ts'
import type { Tx } from '../../db/tx.ts'
import { job, type Job } from '../../jobs/index.ts'
import { NotFound } from '../../lib/errors.ts'
import { binding, openBox, sealBox } from '../../seal/box.ts'
import { runVerb } from '../../verbs/run.ts'
import { verb, query } from '../../verbs/verb.ts'
import { forgetHeld, holdFiles } from '../../seal/held-files.ts'
import { AttachmentId } from '../../verbs/fields.ts'
import { notedDrafts, noteDraft } from './noted-drafts.ts'
import { newPhrase } from './phrase.ts'

/*
 * A report that was begun and is not sent yet. It is sealed with a key that is made of the draft's phrase, and of the phrase we keep a hash: whoever
 * has all that we store and all our keys cannot read it. A phrase has 96 random bits, so a plain hash is enough for both.
 */
const KEPT_DAYS = 7
const longest = 1_500_000

const derived = (purpose: string, phrase: string): Buffer =>
  createHash('sha256').update(`avow begun report ${purpose}\n${phrase.toLowerCase().replaceAll(/[^a-z]/g, '')}`).digest()
const bound = (tx: Tx) => binding('avow/begun-report/v1', tx.organizationId)
const Phrase = z.string().trim().max(200)

/** What opens the files of a draft, and nothing else. */
export const fileSecret = (phrase: string): Buffer => derived('files', phrase)

interface Begun { fields: string; files: string[] }

export const keepBegun = verb({
  name: 'draft.keep', summary: 'Keep a report that you have begun, for seven days. Only its phrase opens it.', may: 'reports.submit', entries: [],
  input: z.object({
    fields: z.string().max(longest).describe('What was entered, as JSON'),
    files: z.array(AttachmentId).max(20).default([]).describe('Ids of uploaded files, to be kept as long'),
    phrase: Phrase.default('').describe('Of a draft that is there already'),
  }),
  output: z.object({ phrase: z.string() }),
  async run({ tx, actor }, { fields, files, phrase: given }) {
    const before = given ? await rowOf(tx, given) : undefined
    const phrase = before ? given : newPhrase()
    const until = tx.now.add({ hours: 24 * KEPT_DAYS })
    const begun: Begun = { fields, files }
    const row = { box: sealBox(derived('key', phrase), bound(tx), Buffer.from(JSON.stringify(begun), 'utf8')), kept_until: timestampOf(until) }
    await tx.db.insertInto('begun_reports').values({ organization_id: tx.organizationId, phrase_hash: derived('name', phrase), ...row })
      .onConflict((conflict) => conflict.columns(['organization_id', 'phrase_hash']).doUpdateSet(row)).execute()
    if (before) await forgetHeld(tx, opened(tx, phrase, before.box).files.filter((id) => !files.includes(id)), fileSecret(phrase))
    await holdFiles(tx, files, fileSecret(phrase), until)
    await noteDraft(tx, actor, { phrase, hash: derived('name', phrase) })
    return { phrase }
  },
})

export const openBegun = query({
  name: 'draft.open', summary: 'Open a report that you have begun, by its phrase.', may: 'reports.submit',
  input: z.object({ phrase: Phrase }), output: z.object({ fields: z.string(), files: z.array(z.string()), until: z.string() }),
  async run({ tx }, { phrase }) {
    const row = await rowOf(tx, phrase)
    if (!row) throw new NotFound('No draft has this phrase, or its seven days are over.')
    return { ...opened(tx, phrase, row.box), until: row.kept_until.toISOString() }
  },
})

export const forgetBegun = verb({
  name: 'draft.forget', summary: 'Forget a report that you have begun, with its files.', may: 'reports.submit', entries: [],
  input: z.object({ phrase: Phrase }),
  async run({ tx }, { phrase }) {
    const row = await rowOf(tx, phrase)
    if (!row) return
    await forgetHeld(tx, opened(tx, phrase, row.box).files, fileSecret(phrase))
    await tx.db.deleteFrom('begun_reports').where('phrase_hash', '=', row.phrase_hash).execute()
  },
})

function titleIn(fields: string): string {
  try { return z.object({ title: z.string() }).parse(JSON.parse(fields)).title } catch { return '' }
}

export const listBegun = query({
  name: 'draft.list', summary: 'List the reports that you have begun while you were signed in.', may: 'account.own', input: z.object({}),
  output: z.object({ drafts: z.array(z.object({ draft: z.string(), title: z.string(), until: z.string() })) }),
  async run({ tx, actor }) {
    const phrases = await notedDrafts(tx, actor)
    const rows = await Promise.all(phrases.map(async (phrase) => ({ phrase, row: await rowOf(tx, phrase) })))
    return {
      drafts: rows.flatMap(({ phrase, row }) => row ? [{
        draft: draftId(phrase), title: titleIn(opened(tx, phrase, row.box).fields), until: row.kept_until.toISOString(),
      }] : []),
    }
  },
})

/** By what an account's own list names a draft. It opens nothing. */
export const draftId = (phrase: string): string => derived('name', phrase).toString('hex')

const opened = (tx: Tx, phrase: string, box: Buffer): Begun =>
  JSON.parse(openBox(derived('key', phrase), bound(tx), box, 'a draft').toString('utf8')) as Begun

export const sweepBegun = verb({
  name: 'draft.sweep', summary: 'Forget the begun reports whose time is over.', may: 'reports.triage', entries: [], input: z.object({}),
  run: async ({ tx }) => void await tx.db.deleteFrom('begun_reports').where('kept_until', '<', timestampOf(tx.now)).execute(),
})

export const sweepBegunJob: Job = job({
  name: 'reports.sweep-begun', payload: z.object({}), every: '17 * * * *',
  run: async ({ database, actor, organizationId }) => { await runVerb({ database }, sweepBegun, actor, organizationId, {}) },
})

const rowOf = (tx: Tx, phrase: string) => tx.db.selectFrom('begun_reports').selectAll()
  .where('phrase_hash', '=', derived('name', phrase)).where('kept_until', '>', timestampOf(tx.now)).executeTakeFirst()

/** Until when the draft with this phrase is kept; null where there is none any more. */
export const begunUntil = async (tx: Tx, phrase: string): Promise<Date | null> => (await rowOf(tx, phrase))?.kept_until ?? null
