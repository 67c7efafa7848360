import { z } from 'zod'
import { enqueue } from '../../jobs/index.ts'
import { languages } from '../../seal/words.ts'
import { verb } from '../../verbs/verb.ts'

/** The name under which a log signs is another one, and never changes. */
export const renameOrganization = verb({
  name: 'organization.rename',
  summary: 'Change the name that stands on every page. The log keeps the name under which it signs.',
  may: 'organization.manage',
  input: z.object({ name: z.string().trim().min(1, 'Give it a name.').max(200) }),
  entries: [],
  async run({ tx }, { name }) {
    await tx.db.updateTable('organizations').set({ name }).where('id', '=', tx.organizationId).execute()
    return { name }
  },
})

export const setLanguage = verb({
  name: 'organization.set-language',
  summary: 'Say in which language people write here: by it search knows the endings of words. What is there is indexed anew.',
  may: 'organization.manage',
  input: z.object({ language: z.enum(languages) }),
  entries: [],
  async run({ tx }, { language }) {
    await tx.db.updateTable('organizations').set({ language }).where('id', '=', tx.organizationId).execute()
    await enqueue(tx, 'search.reindex', {}, { key: 'language' })
    return { language }
  },
})
