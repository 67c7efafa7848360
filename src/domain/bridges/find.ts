import type { Selectable } from 'kysely'
import type { Tx } from '../../db/tx.ts'
import { NotFound } from '../../lib/errors.ts'
import { openJson, organizationKey, sealJson } from '../../seal/envelope.ts'
import type { BridgeIssueRow, BridgeRow } from './tables.ts'

export type Bridge = Selectable<BridgeRow>
export type Issue = Selectable<BridgeIssueRow>

/** What is sealed of a bridge. */
export interface Box {
  /** Without a slash at its end: `https://api.github.com`, `https://gitlab.example.org`. */
  readonly base: string
  /** `owner/repository`, or GitLab's `group/project`. */
  readonly project: string
  readonly token: string
  /** By which what the tracker sends us proves itself. */
  readonly secret: string
}

const context = (id: string) => `bridge:${id}`
export const sealBridge = (tx: Tx, keyId: string, id: string, box: Box): Promise<Buffer> => sealJson(tx, keyId, context(id), box)
export const openBridge = (tx: Tx, { key_id, id, box }: Bridge): Promise<Box> => openJson<Box>(tx, key_id, context(id), box)

/** What people call it: never the host of an API. */
export const hostOf = ({ base }: Pick<Box, 'base'>): string => new URL(base).host.replace(/^api\.github\.com$/, 'github.com')

/** Every column by its name, so that the statements of each case stay prepared. */
const columns = [
  'organization_id', 'id', 'kind', 'key_id', 'box', 'created_at', 'checked_at', 'problem', 'heard_at', 'rests_until', 'ended_at',
] as const satisfies (keyof Bridge)[]
const issueColumns = [
  'organization_id', 'id', 'bridge_id', 'report_id', 'passed_by', 'passed_at', 'content', 'place_key_id', 'place', 'state', 'number', 'there', 'etag',
  'told', 'looked_at', 'closed_there_at', 'declined_at', 'problem', 'tries', 'next_at', 'busy_until', 'erased_at', 'copy_gone_at',
] as const satisfies (keyof Issue)[]

const living = (tx: Tx) => tx.db.selectFrom('bridges').select(columns).where('ended_at', 'is', null)

export const bridges = (tx: Tx): Promise<Bridge[]> => living(tx).orderBy('created_at').execute()
export const findBridge = (tx: Tx, id: string): Promise<Bridge | undefined> => living(tx).where('id', '=', id).executeTakeFirst()

export async function getBridge(tx: Tx, id: string): Promise<Bridge> {
  const found = await findBridge(tx, id)
  if (!found) throw new NotFound()
  return found
}

/** Where the copy of a report lies. `url` is what the tracker said, once it was sent. */
export interface Place { readonly host: string; readonly project: string; readonly url?: string }

const placeContext = (id: string) => `bridge-issue:${id}`
export const openPlace = (tx: Tx, { place_key_id, id, place }: Issue): Promise<Place> => openJson<Place>(tx, place_key_id, placeContext(id), place)

export async function sealPlace(tx: Tx, id: string, place: Place): Promise<{ place_key_id: string; place: Buffer }> {
  const keyId = await organizationKey(tx)
  return { place_key_id: keyId, place: await sealJson(tx, keyId, placeContext(id), place) }
}

/** What a person chose to send. */
export interface Content { readonly title: string; readonly text: string }

const contentContext = (id: string) => `bridge-content:${id}`
export const sealContent = (tx: Tx, keyId: string, id: string, content: Content): Promise<Buffer> => sealJson(tx, keyId, contentContext(id), content)
export const openContent = (tx: Tx, keyId: string, id: string, box: Buffer): Promise<Content> => openJson<Content>(tx, keyId, contentContext(id), box)

export const issuesOf = (tx: Tx, reportId: string): Promise<Issue[]> =>
  tx.db.selectFrom('bridge_issues').select(issueColumns).where('report_id', '=', reportId).orderBy('passed_at').orderBy('id').execute()

/** It was sent, or a try had no answer that says that it was not. */
export const perhapsThere = ({ number, tries }: Pick<Issue, 'number' | 'tries'>): boolean => number !== null || tries > 0
