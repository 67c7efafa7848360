import { crc32, deflateRawSync } from 'node:zlib'

export interface Zipped {
  readonly path: string
  readonly content: string | Buffer
  /** Unix mode, in the upper half of the external attributes: 0o120777 is a symbolic link. */
  readonly mode?: number
  /** What the directory says the size is, where that is a lie. */
  readonly saidSize?: number
  readonly flags?: number
}

/** A ZIP file of these files (APPNOTE 4.3), deflated. */
export function zip(files: readonly Zipped[]): Buffer<ArrayBuffer> {
  const [locals, directory]: Buffer[][] = [[], []]
  let offset = 0
  for (const { path, content, mode = 0o100644, saidSize, flags = 0x0800 } of files) {
    const [name, plain] = [Buffer.from(path), Buffer.from(content)]
    const packed = deflateRawSync(plain)
    const shared = Buffer.alloc(26)
    shared.writeUInt16LE(20, 0)
    shared.writeUInt16LE(flags, 2)
    shared.writeUInt16LE(8, 4)
    shared.writeUInt32LE(crc32(plain), 10)
    shared.writeUInt32LE(packed.length, 14)
    shared.writeUInt32LE(saidSize ?? plain.length, 18)
    shared.writeUInt16LE(name.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, name, packed])
    const tail = Buffer.alloc(14)
    tail.writeUInt32LE(mode * 0x10000, 6)
    tail.writeUInt32LE(offset, 10)
    directory!.push(Buffer.from('PK\x01\x02'), Buffer.from([20, 3]), shared, tail, name)
    locals!.push(local)
    offset += local.length
  }
  const listed = Buffer.concat(directory!)
  const end = Buffer.alloc(18)
  end.writeUInt16LE(files.length, 4)
  end.writeUInt16LE(files.length, 6)
  end.writeUInt32LE(listed.length, 8)
  end.writeUInt32LE(offset, 12)
  return Buffer.concat([...locals!, listed, Buffer.from('PK\x05\x06'), end])
}
