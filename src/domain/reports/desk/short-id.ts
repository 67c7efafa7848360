import { sql } from 'kysely'
import { z } from 'zod'
import type { Tx } from '../../../db/tx.ts'
import { refuseIf } from '../../../lib/errors.ts'
import { verb } from '../../../verbs/verb.ts'

/** `ACME` of `ACME-142`: chosen once, and until then made of the organisation's slug. */
export async function casePrefix(tx: Tx): Promise<string> {
  const { rows } = await sql<{ prefix: string }>`select avow.case_prefix() as prefix`.execute(tx.db)
  return rows[0]!.prefix
}

/** `acme-142` → 142, where it is one of ours. */
export async function numberNamed(tx: Tx, word: string): Promise<number | undefined> {
  const [, prefix, number] = /^([a-z][a-z0-9]{0,9})-(\d{1,9})$/i.exec(word.trim()) ?? []
  return prefix !== undefined && prefix.toUpperCase() === await casePrefix(tx) ? Number(number) : undefined
}

/** People say and write these numbers from the first day on, so they never change their name afterwards. */
export const choosePrefix = verb({
  name: 'report.choose-prefix', summary: 'Choose what the short numbers of cases begin with: ACME-142. It can be chosen once.',
  may: 'organization.manage', entries: [],
  input: z.object({
    prefix: z.string().trim().toUpperCase().regex(/^[A-Z][A-Z0-9]{1,9}$/, 'Two to ten letters and digits, a letter first.').describe('ACME'),
  }),
  async run({ tx }, { prefix }) {
    const { numUpdatedRows } = await tx.db.updateTable('organizations').set({ case_prefix: prefix })
      .where('id', '=', tx.organizationId).where('case_prefix', 'is', null).executeTakeFirst()
    refuseIf(numUpdatedRows === 0n, 'prefix_chosen', 'It was chosen already: the numbers that people know would change their names.')
    return { prefix }
  },
})

export const isPrefixChosen = async (tx: Tx): Promise<boolean> =>
  await tx.db.selectFrom('organizations').select('id').where('id', '=', tx.organizationId).where('case_prefix', 'is not', null).executeTakeFirst() !== undefined
