/** Reads a ZIP whose files are stored as they are, by its directory (APPNOTE.TXT 6.3.10, 4.3.12 and 4.3.16). Nothing is unpacked, so nothing can swell. */
import { fromUtf8 } from '../ledger/bytes.ts'
import { Malformed } from '../ledger/malformed.ts'

const endLength = 22
const directoryMark = 0x02014b50
const endMark = 0x06054b50

/** Every file by its name. Throws `malformed_zip` on what is compressed, encrypted, beyond 4 GB, named twice or outside of the archive. */
export function readZip(bytes: Uint8Array): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    return readDirectory(bytes, view, endOf(view))
  } catch (error) {
    throw error instanceof RangeError ? new Malformed('zip', 'it ends too early') : error
  }
}

/** Where the record that ends it stands: before a comment, if there is one. */
function endOf(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= Math.max(0, view.byteLength - endLength - 0xffff); at--) {
    if (view.getUint32(at, true) === endMark && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at
  }
  throw new Malformed('zip', 'there is no directory at its end')
}

function readDirectory(bytes: Uint8Array, view: DataView, end: number): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>()
  let at = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    if (view.getUint32(at, true) !== directoryMark) throw new Malformed('zip', 'its directory is not whole')
    const [flags, method, size] = [view.getUint16(at + 8, true), view.getUint16(at + 10, true), view.getUint32(at + 24, true)]
    const [nameLength, extra, comment] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true), view.getUint16(at + 32, true)]
    const name = fromUtf8(slice(bytes, at + 46, nameLength))
    if (method !== 0 || (flags & 1) !== 0) throw new Malformed('zip', `${name} is not stored as it is`)
    if (files.has(name)) throw new Malformed('zip', `${name} is in it twice`)
    const start = view.getUint32(at + 42, true)
    files.set(name, slice(bytes, start + 30 + view.getUint16(start + 26, true) + view.getUint16(start + 28, true), size))
    at += 46 + nameLength + extra + comment
  }
  return files
}

function slice(bytes: Uint8Array, at: number, length: number): Uint8Array {
  if (at + length > bytes.length) throw new Malformed('zip', 'it ends too early')
  return bytes.subarray(at, at + length)
}
