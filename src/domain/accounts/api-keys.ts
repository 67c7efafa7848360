import { z } from 'zod'
import { demandOwn } from '../../access/grants.ts'
import { keyPrefix } from '../../access/keys.ts'
import { memberRoles, permissionsOf } from '../../access/roles.ts'
import { newToken, tokenHash } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { NotFound, refuseIf } from '../../lib/errors.ts'
import { append } from '../../ledger/index.ts'
import { query, verb } from '../../verbs/verb.ts'
import { keyCreated, keyRevoked } from './kinds.ts'

const keyRoles = [...memberRoles, 'machine'] as const

export const createKey = verb({
  name: 'key.create', summary: 'Makes a key to the API. It is shown this once.', may: 'keys.manage', stepUp: true,
  entries: ['key.created'],
  input: z.object({
    name: z.string().trim().min(1, 'Say what the key is for.').max(100),
    roles: z.array(z.enum(keyRoles)).min(1, 'Choose at least one role.'),
    operations: z.array(z.string().regex(/^[a-z-]+\.[a-z-]+$/, 'Write it as noun.verb.')).max(200).optional()
      .describe('The operations that it reaches. Without any: all that its roles carry.'),
    days: z.int().min(1).max(400).default(90),
    assistant: z.boolean().default(false).describe('For an AI assistant over MCP, and then for nothing else.'),
  }),
  output: z.object({ id: z.uuid(), key: z.string(), expires_at: z.iso.datetime() }),
  async run({ tx, actor }, { name, roles, operations, days, assistant }) {
    refuseIf(actor.kind === 'machine', 'keys_make_no_keys', 'A key cannot make keys. Sign in to make one.')
    demandOwn(actor, permissionsOf(roles))
    const id = tx.newId()
    const key = `${keyPrefix}${newToken()}`
    const expires_at = new Date(tx.now.epochMilliseconds + days * 86_400_000)
    const verbs = operations ?? null
    await tx.db.insertInto('api_keys').values({
      organization_id: tx.organizationId, id, token_hash: tokenHash(key), name, roles, verbs, assistant,
      created_by: actor.kind === 'member' ? actor.accountId : null, created_at: timestampOf(tx.now), expires_at, revoked_at: null,
    }).execute()
    const facts = { name, roles, verbs, expires_at: expires_at.toISOString() }
    await append(tx, keyCreated, { subjects: { key: id }, marks: { assistant: assistant ? 'yes' : 'no' }, facts })
    return { id, key, expires_at: expires_at.toISOString() }
  },
})

export const revokeKey = verb({
  name: 'key.revoke', summary: 'Takes a key back. Whoever holds it can do nothing with it from now on.', may: 'keys.manage',
  entries: ['key.revoked'],
  input: z.object({ key: z.uuid() }),
  async run({ tx }, { key }) {
    const { numUpdatedRows } = await tx.db.updateTable('api_keys').set({ revoked_at: timestampOf(tx.now) })
      .where('id', '=', key).where('revoked_at', 'is', null).executeTakeFirst()
    if (numUpdatedRows === 0n) throw new NotFound()
    await append(tx, keyRevoked, { subjects: { key }, marks: {}, facts: {} })
  },
})

export const listKeys = query({
  name: 'key.list', summary: 'Lists the keys to the API, never what they are.', may: 'keys.manage', input: z.object({}),
  async run({ tx }) {
    const rows = await tx.db.selectFrom('api_keys').orderBy('created_at', 'desc')
      .select(['id', 'name', 'roles', 'verbs', 'assistant', 'created_at', 'expires_at', 'used_at', 'revoked_at']).execute()
    return { keys: rows.map(({ created_at, expires_at, used_at, revoked_at, verbs, ...key }) => ({
      ...key, operations: verbs, created_at: created_at.toISOString(), expires_at: expires_at.toISOString(),
      used_at: used_at?.toISOString() ?? null, revoked_at: revoked_at?.toISOString() ?? null,
    })) }
  },
})
