import { z } from 'zod'
import { timestampOf } from '../../../db/timestamp.ts'
import { NotFound, refuseIf } from '../../../lib/errors.ts'
import { append } from '../../../ledger/index.ts'
import { verb } from '../../../verbs/verb.ts'
import { exceptionEnded, exceptionNamed } from './kinds.ts'

/** For the day when the provider is down: an administrator who may enter with a password and the second factor. Everybody at the desk sees who. */
export const nameException = verb({
  name: 'sign-in-exception.name', summary: 'Lets an administrator enter with a password although single sign-on is required.', may: 'sign-in.manage',
  stepUp: true, entries: ['sign-in-exception.named'],
  input: z.object({ person: z.uuid('Choose somebody.') }),
  async run({ tx, actor }, { person }) {
    const member = await tx.db.selectFrom('memberships').select('roles').where('account_id', '=', person).where('ended_at', 'is', null).executeTakeFirst()
    if (!member) throw new NotFound()
    refuseIf(!member.roles.includes('admin'), 'not_an_administrator', 'Only an administrator can be an exception.')
    const named_by = actor.kind === 'member' ? actor.accountId : null
    const named = await tx.db.insertInto('sign_in_exceptions')
      .values({ organization_id: tx.organizationId, account_id: person, named_by, named_at: timestampOf(tx.now) })
      .onConflict((conflict) => conflict.doNothing()).returning('account_id').executeTakeFirst()
    if (named) await append(tx, exceptionNamed, { subjects: { person }, marks: {}, facts: {} })
  },
})

export const endException = verb({
  name: 'sign-in-exception.end', summary: 'Ends an exception: the administrator enters by the provider like everybody else.', may: 'sign-in.manage',
  stepUp: true, entries: ['sign-in-exception.ended'],
  input: z.object({ person: z.uuid() }),
  async run({ tx }, { person }) {
    const { numDeletedRows } = await tx.db.deleteFrom('sign_in_exceptions').where('account_id', '=', person).executeTakeFirst()
    if (numDeletedRows === 0n) throw new NotFound()
    const [{ required, left }] = (await tx.db.selectNoFrom((is) => [
      is.exists(is.selectFrom('sign_in_domains').select('domain').where('required_at', 'is not', null)).as('required'),
      is.exists(is.selectFrom('sign_in_exceptions').select('account_id')).as('left'),
    ]).execute()) as [{ required: boolean; left: boolean }]
    refuseIf(required && !left, 'exception_missing', 'This is the last exception, and single sign-on is required. Name somebody else first.')
    await append(tx, exceptionEnded, { subjects: { person }, marks: {}, facts: {} })
  },
})
