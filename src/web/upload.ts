import { countAttempt, type Allowance } from '../access/attempts.ts'
import type { Database } from '../db/database.ts'
import { TooMany } from '../lib/errors.ts'
import { stageAttachment, type Attachment } from '../seal/attachments.ts'

const MB = 1024 * 1024

/** Megabytes, begun ones too. What nobody claims is gone within hours, so that no network alone fills what may wait in all. */
const uploadedFromNetwork: Allowance = { name: 'upload network', count: 500, perSeconds: 3600 }

export interface Upload { readonly organizationId: string; readonly network: string; readonly name: string; readonly type: string }

/** Stages a file as it arrives. Throws `TooMany` when its network has sent as much as may come from one within an hour; then nothing of it is kept. */
export const stageUpload = (database: Database, { organizationId, network, name, type }: Upload, content: AsyncIterable<Uint8Array>): Promise<Attachment> =>
  stageAttachment(database, organizationId, { name, type }, metered(database, network, content))

/** Counts each megabyte as it begins. */
export async function* metered(
  database: Database, network: string, content: AsyncIterable<Uint8Array>, allowance = uploadedFromNetwork,
): AsyncGenerator<Uint8Array> {
  let [size, counted] = [0, 0]
  for await (const chunk of content) {
    size += chunk.byteLength
    for (; counted * MB < size; counted++) await countAttempt(database, allowance, network).catch((error: unknown) => { throw inWords(error, allowance) })
    yield chunk
  }
}

const inWords = (error: unknown, { count }: Allowance): unknown => error instanceof TooMany
  ? new TooMany(error.retryAfterSeconds, `More than ${count} MB were uploaded from your network within an hour. `
    + `Try again in ${Math.ceil(error.retryAfterSeconds / 60)} minutes, or send your report without files.`)
  : error
