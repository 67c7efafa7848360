import { createRequire } from 'node:module'
import type PDFDocument from 'pdfkit'

/** A paper that says what happened, and carries the proof of it inside. */
export interface Certificate {
  readonly title: string
  readonly organization: string
  /** Who or what it is about, large. */
  readonly about: string
  readonly sentence: string
  readonly lines: readonly (readonly [name: string, value: string])[]
  /** How somebody checks it, in the words of the page that does. */
  readonly check: string
  readonly at: Date
  /** Attached to the paper: the receipt, and what its seal covers. */
  readonly files: readonly { readonly name: string; readonly type: string; readonly text: string }[]
}

const fonts = createRequire(import.meta.url)
const font = (style: 'Sans' | 'Sans-Bold' | 'Serif' | 'SansMono') => fonts.resolve(`dejavu-fonts-ttf/ttf/DejaVu${style}.ttf`)

const ink = '#1d2733'
const soft = '#56606d'

/** One page, tagged for screen readers (PDF/UA), with its fonts inside. The library is loaded when the first one is asked for. */
export async function certificatePdf(certificate: Certificate): Promise<Uint8Array<ArrayBuffer>> {
  const { default: Document } = await import('pdfkit')
  const { title, organization, at, files } = certificate
  const paper = new Document({
    size: 'A4', margins: { top: 90, bottom: 60, left: 72, right: 72 }, pdfVersion: '1.7', tagged: true, lang: 'en', displayTitle: true,
    info: { Title: `${title} · ${organization}`, Author: organization, CreationDate: at, ModDate: at },
  })
  const done = collected(paper)
  const whole = paper.struct('Document')
  paper.addStructure(whole)
  const tagged = (tag: string, draw: () => void) => whole.add(paper.struct(tag, {}, draw))
  tagged('P', () => paper.font(font('Sans')).fontSize(11).fillColor(soft).text(organization))
  tagged('H1', () => paper.moveDown(2).font(font('Serif')).fontSize(26).fillColor(ink).text(title))
  tagged('P', () => paper.moveDown(1.5).font(font('Sans-Bold')).fontSize(18).text(certificate.about))
  tagged('P', () => paper.moveDown(0.6).font(font('Sans')).fontSize(12).text(certificate.sentence, { lineGap: 3 }))
  tagged('P', () => {
    paper.moveDown(1.5)
    for (const [name, value] of certificate.lines) {
      paper.font(font('Sans')).fontSize(9).fillColor(soft).text(name)
      paper.font(font(/^[0-9a-f]{32,}$/.test(value) ? 'SansMono' : 'Sans')).fontSize(10.5).fillColor(ink).text(value).moveDown(0.5)
    }
  })
  tagged('P', () => paper.moveDown(1).font(font('Sans')).fontSize(9.5).fillColor(soft).text(certificate.check, { lineGap: 2 }))
  whole.end()
  for (const { name, type, text } of files) paper.file(Buffer.from(text), { name, type, creationDate: at, modifiedDate: at })
  paper.end()
  return done
}

function collected(paper: InstanceType<typeof PDFDocument>): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = []
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>()
  paper.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(new Uint8Array(Buffer.concat(chunks)))).on('error', reject)
  return promise
}
