import { z } from 'zod'
import { newToken } from '../../access/tokens.ts'
import { timestampOf } from '../../db/timestamp.ts'
import { enqueue } from '../../jobs/index.ts'
import { append } from '../../ledger/index.ts'
import { refuseIf } from '../../lib/errors.ts'
import { eraseKey, newSubjectKey } from '../../seal/envelope.ts'
import { verb } from '../../verbs/verb.ts'
import { checkJobName } from './check.ts'
import { bridges, getBridge, hostOf, openBridge, sealBridge } from './find.ts'
import { bridgeAdded, bridgeEnded } from './kinds.ts'
import { trackerKinds } from './tables.ts'
import { whereOf } from './trackers.ts'

const most = 20
const bridge = z.uuid().describe('The bridge’s id')
const token = z.string().trim().min(1, 'Paste the token.').max(1000).regex(/^[\x21-\x7e]+$/, 'A token has no spaces. Copy it once more.')
  .describe('A token that may write issues there. It is kept sealed and never shown again')

export const addBridge = verb({
  name: 'bridge.add', summary: 'Connect an issue tracker that reports can be passed on to. Its webhook secret is shown this once.',
  may: 'bridges.manage', stepUp: true, entries: ['bridge.added'],
  input: z.object({
    kind: z.enum(trackerKinds).describe('GitHub or GitLab'),
    base: z.union([z.literal(''), z.url({ protocol: /^https?$/, error: 'Write the whole address, such as https://gitlab.example.org.' }).max(500)]).default('')
      .describe('Address of the API; api.github.com or gitlab.com unless told'),
    project: z.string().trim().max(300).describe('owner/repository, or group/project'),
    token,
  }),
  output: z.object({ bridge: z.uuid(), secret: z.string() }),
  async run({ tx }, { kind, token: given, ...where }) {
    refuseIf((await bridges(tx)).length >= most, 'too_many_bridges', `There are ${most} bridges. End one first.`)
    const { base, project } = whereOf(kind, where)
    const [id, secret] = [tx.newId(), newToken()]
    const keyId = await newSubjectKey(tx, 'bridge', id)
    const box = await sealBridge(tx, keyId, id, { base, project, token: given, secret })
    await tx.db.insertInto('bridges').values({ organization_id: tx.organizationId, id, kind, key_id: keyId, box, created_at: timestampOf(tx.now) }).execute()
    await append(tx, bridgeAdded, { subjects: { bridge: id }, marks: { tracker: kind }, facts: { host: hostOf({ base }), project } })
    await enqueue(tx, checkJobName, { bridge: id }, { key: id })
    return { bridge: id, secret }
  },
})

export const renewToken = verb({
  name: 'bridge.renew-token', summary: 'Give a bridge a new token, before the old one ends.', may: 'bridges.manage', stepUp: true, entries: [],
  input: z.object({ bridge, token }),
  async run({ tx }, { bridge: id, token: given }) {
    const row = await getBridge(tx, id)
    const box = await sealBridge(tx, row.key_id, id, { ...await openBridge(tx, row), token: given })
    await tx.db.updateTable('bridges').set({ box, problem: null }).where('id', '=', id).execute()
    await enqueue(tx, checkJobName, { bridge: id }, { key: id })
  },
})

export const renewSecret = verb({
  name: 'bridge.renew-secret', summary: 'Make a new webhook secret for a bridge. The old one ends at once.', may: 'bridges.manage', stepUp: true, entries: [],
  input: z.object({ bridge }),
  output: z.object({ bridge: z.uuid(), secret: z.string() }),
  async run({ tx }, { bridge: id }) {
    const row = await getBridge(tx, id)
    const secret = newToken()
    const box = await sealBridge(tx, row.key_id, id, { ...await openBridge(tx, row), secret })
    await tx.db.updateTable('bridges').set({ box }).where('id', '=', id).execute()
    return { bridge: id, secret }
  },
})

export const checkBridge = verb({
  name: 'bridge.check', summary: 'Look again whether reports can be passed on by a bridge.', may: 'bridges.manage', entries: [],
  input: z.object({ bridge }),
  async run({ tx }, { bridge: id }) {
    await getBridge(tx, id)
    await enqueue(tx, checkJobName, { bridge: id }, { key: id })
  },
})

/** Token and secret are gone with their key. Where reports have gone stays on their pages; those issues are looked after no longer. */
export const endBridge = verb({
  name: 'bridge.end', summary: 'Disconnect an issue tracker. What was passed on stays there.', may: 'bridges.manage', entries: ['bridge.ended'],
  input: z.object({ bridge }),
  async run({ tx }, { bridge: id }) {
    const row = await getBridge(tx, id)
    await tx.db.updateTable('bridges').set({ ended_at: timestampOf(tx.now) }).where('id', '=', id).execute()
    await tx.db.updateTable('bridge_issues').set({ next_at: null }).where('bridge_id', '=', id).execute()
    await tx.db.updateTable('bridge_issues').set({ state: 'refused', problem: 'ended' }).where('bridge_id', '=', id).where('state', '=', 'waiting').execute()
    await eraseKey(tx, row.key_id)
    await append(tx, bridgeEnded, { subjects: { bridge: id }, marks: { tracker: row.kind }, facts: {} })
  },
})
