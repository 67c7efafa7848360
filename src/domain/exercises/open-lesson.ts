import { z } from 'zod'
import { tokenHash } from '../../access/tokens.ts'
import type { Tx } from '../../db/tx.ts'
import { verb } from '../../verbs/verb.ts'
import type { Exercise } from './exercise.ts'

/**
 * A person is at the other end of the link: they pressed the page's button, or moved on it. Opening the page alone counts nothing, since mail
 * scanners do that. Whether a link is known is not told.
 */
export const openLesson = verb({
  name: 'exercise.open', summary: 'Count that a person opened the link of an exercise. The token in the link permits it.', may: 'public.read', entries: [],
  input: z.object({ token: z.string().max(200) }),
  async run({ tx }, { token }) {
    await tx.db.updateTable('exercise_links').set({ opened: true }).where('token_hash', '=', tokenHash(token)).execute()
  },
})

/** The exercise that a link names, also long after nobody knows whose link it was. */
export async function exerciseOfLink(tx: Tx, token: string): Promise<Exercise | undefined> {
  const id = Buffer.from(token.slice(0, 22), 'base64url').toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  if (!z.uuid().safeParse(id).success) return undefined
  return tx.db.selectFrom('exercises').selectAll().where('id', '=', id).where('approved_at', 'is not', null).executeTakeFirst()
}
