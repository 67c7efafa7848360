import type { Tx } from '../../db/tx.ts'
import { Invalid } from '../../lib/errors.ts'
import { takeStaged } from '../../seal/attachments.ts'

const mostBytes = 20_000

/** A key that was uploaded as a file, as text: of a key, nothing but the key stays, so the staged file is taken away. `field` is told what is wrong. */
export async function keyInFile(tx: Tx, file: string, field: string): Promise<string> {
  const { size } = await tx.db.selectFrom('attachments').select('size').where('id', '=', file).executeTakeFirst() ?? { size: 0 }
  if (size > mostBytes) throw new Invalid({ [field]: 'A key may have at most 20,000 bytes. Export it with its newest signatures alone.' })
  const { content } = await takeStaged(tx, file)
  return isBinary(content) ? armored(content) : content.toString('latin1').trim()
}

/** Every OpenPGP packet begins with this bit (RFC 9580, section 4.2); no text does that begins with a letter or a dash. */
const isBinary = ([first = 0]: Buffer): boolean => (first & 0x80) !== 0

/** What GnuPG writes without `--armor`. Where it is no key, the text that it is not either. */
async function armored(content: Buffer): Promise<string> {
  const { readKey } = await import('openpgp')
  const key = await readKey({ binaryKey: content }).catch(() => null)
  return key?.armor() ?? content.toString('latin1')
}
