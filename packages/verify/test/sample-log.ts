import { hash } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import * as log from '../src/index.ts'
import { signer } from './signers.ts'

export interface SampleEntry {
  /** ISO time. */
  at: string
  stream: string
  kind: string
  cases?: Record<string, string>
  marks?: Record<string, string>
  facts?: Record<string, unknown>
  /** Whether the facts are published with the label. */
  open?: boolean
}

/** A log in memory, with every file that a server has to serve. Keys and salts follow from names and indices, so that it is the same every time. */
export class SampleLog {
  signer: log.NoteSigner
  readonly files = new Map<string, Uint8Array>()
  readonly leaves: log.Leaf[] = []
  readonly openings: (log.Opening & log.OpenMarks)[] = []
  readonly #entries: SampleEntry[] = []
  readonly #tree = new log.CompactTree()
  readonly #nodes = new Map<string, Uint8Array>()
  readonly #opens = new Map<string, number>()
  #published = 0
  #cosigned: string[] = []

  constructor(readonly origin = 'log.example/acme') {
    this.signer = signer(origin)
    this.#put('log/key', `${log.printVkey(this.signer.key)}\n`)
  }

  get size(): number {
    return this.#tree.size
  }

  add(entry: SampleEntry): number {
    const index = this.size
    const { at, stream, kind, cases = {}, marks = {}, facts = {} } = entry
    const [salt1, salt2, salt3] = [1, 2, 3].map((n) => hash('sha256', `salt ${n} of entry ${index} of ${this.origin}`, 'buffer')) as [Buffer, Buffer, Buffer]
    const label = { kind, cases, marks, salt1, salt3 }
    const leaf = { at: Date.parse(at), stream, label: log.labelMac(label), seal: log.sealMac(salt2, facts) }
    this.leaves.push(leaf)
    this.openings.push({ index, ...label, facts, salt2 })
    this.#entries.push(entry)
    this.#tree.append(log.leafHash(log.leafBytes(leaf)), ({ level, index: n }, nodeHash) => this.#nodes.set(`${level}/${n}`, nodeHash))
    return index
  }

  configure(at: string, stream: string, opens: log.Opens, delayDays = 0, kinds?: readonly string[]): void {
    const facts = { stream, opens, delay_days: delayDays, ...kinds && { kinds } }
    this.add({ at, stream: 'ledger', kind: 'stream.configured', cases: { stream: `case-${stream}` }, facts, open: true })
    if (opens === 'sealed') this.#opens.delete(stream)
    else this.#opens.set(stream, delayDays)
  }

  read: log.NodeReader = (nodes) => nodes.map(({ level, index }) => this.#nodes.get(`${level}/${index}`)!)

  /** Writes tiles, bundles, openings due at `now`, and a checkpoint with the cosignatures of `witnesses`. */
  async publish(now: string, witnesses: readonly log.NoteSigner[] = []): Promise<string> {
    for (const tile of log.tilesBetween(this.#published, this.size)) this.#put(`log/${log.tilePath(tile)}`, await this.#tile(tile))
    this.#published = this.size
    for (let bundle = 0; bundle * log.tileWidth < this.size; bundle++) this.#put(`log/${log.openingsPath(bundle)}`, this.#open(bundle, Date.parse(now)))
    return this.#checkpoint(Date.parse(now), witnesses)
  }

  async #tile({ level, ...rest }: log.Tile): Promise<Uint8Array> {
    if (level !== 'entries') return log.concat(...(await this.read(log.tileNodes({ level, ...rest }))))
    const start = rest.index * log.tileWidth
    return log.formatBundle(this.leaves.slice(start, start + rest.width).map(log.leafBytes))
  }

  #open(bundle: number, now: number): string {
    const start = bundle * log.tileWidth
    const due = this.openings.slice(start, start + log.tileWidth).filter(({ index }) => {
      const { stream, at } = this.leaves[index]!
      const delay = stream === 'ledger' ? 0 : this.#opens.get(stream)
      return delay !== undefined && at + delay * 86_400_000 <= now
    })
    return log.formatOpenings(due.map(({ facts, salt2, ...label }) => (this.#entries[label.index]!.open ? { ...label, facts: facts!, salt2: salt2! } : label)))
  }

  async #checkpoint(now: number, witnesses: readonly log.NoteSigner[]): Promise<string> {
    const text = log.formatCheckpoint({ origin: this.origin, size: this.size, root: this.#tree.root() })
    const signatures = [await log.signText(text, this.signer), ...(await Promise.all(witnesses.map((witness) => log.cosign(text, witness,
      Math.floor(now / 1000)))))]
    const note = log.formatNote({ text, signatures })
    this.#put('log/checkpoint', note)
    if (witnesses.length > 0) this.#cosigned.push(note)
    for (let page = 0; page * 256 < this.#cosigned.length; page++) {
      const lines = this.#cosigned.slice(page * 256, (page + 1) * 256)
      this.#put(`log/cosigned/${log.numberPath(page)}`, lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    }
    return note
  }

  /** Announces a new key in a checkpoint of the old one, and signs with it from then on. */
  async changeKey(at: string, next: log.NoteSigner, announced = log.printVkey(next.key)): Promise<void> {
    const previous = log.printVkey(this.signer.key)
    const index = this.add({ at, stream: 'ledger', kind: 'log.key-changed', facts: { vkey: announced }, open: true })
    const checkpoint = await this.publish(at)
    this.#put('log/keys', [{ vkey: previous }, { vkey: log.printVkey(next.key), index, checkpoint }].map((line) => `${JSON.stringify(line)}\n`).join(''))
    this.signer = next
  }

  /** The receipt of an entry, against the newest checkpoint. */
  async receipt(index: number): Promise<string> {
    const { salt2, ...opening } = this.openings[index]!
    const extra = log.formatReceiptExtra({ leaf: this.leaves[index]!, opening, salt2: salt2! })
    const hashes = await log.readProof(log.inclusionNodes(index, this.size), this.read)
    return log.formatTlogProof({ extra, index, hashes, checkpoint: log.fromUtf8(this.files.get('log/checkpoint')!) })
  }

  /** A proof that the entry is in the log, and of nothing else. */
  async inclusion(index: number): Promise<string> {
    const { hashes, checkpoint } = log.parseTlogProof(await this.receipt(index))
    return log.formatTlogProof({ index, hashes, checkpoint })
  }

  #put(path: string, content: string | Uint8Array): void {
    this.files.set(path, typeof content === 'string' ? log.utf8(content) : log.concat(content))
  }

  putText(path: string, content: string): void {
    this.#put(path, content)
  }

  writeTo(folder: string): void {
    for (const [path, bytes] of this.files) {
      const file = join(folder, path)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, bytes)
    }
  }

  /** A `fetch` that answers from these files, below `https://log.example/`. */
  fetch = async (url: string | URL | Request): Promise<Response> => {
    const bytes = this.files.get(new URL(String(url)).pathname.slice(1))
    return bytes ? new Response(log.concat(bytes)) : new Response('not found', { status: 404 })
  }
}
