import type { Tx } from '../../db/tx.ts'
import { awaitReceipt, contentFor } from '../../ledger/index.ts'
import { declareEnclosure, render, type Enclosed, type Enclosure, type Mail, type Sending } from '../../mail/index.ts'
import { encryptedTo } from '../contact/index.ts'
import { getReport, readMessages, unlessErased, type Report } from '../reports/index.ts'
import { readerOf } from './reporter-key.ts'

const system = { kind: 'system', job: 'mail.send' } as const

/** What the team wrote in the deed that this letter tells of: whole to whoever can decrypt it, to everybody else not a word. */
declareEnclosure('report.words', (sending, mail) => sealedFor(sending, mail, async (tx, report) => {
  const messages = await unlessErased(readMessages(tx, { kind: 'reporter', reportId: report.id }, report)) ?? []
  const written = messages.filter(({ voice, at }) => voice === 'team' && at === new Date(mail.createdAt.epochMilliseconds).toISOString())
  return { words: written.map(({ text }) => text), files: [] }
}))

/** The receipt goes to everybody: it holds nothing of what was reported. The content file does, and goes encrypted or not at all. */
declareEnclosure('report.arrival', async (sending, mail) => {
  const { database, organizationId } = sending
  const { entry, reference } = await database.read(organizationId, async (tx) => {
    const report = await getReport(tx, system, mail.thread!.id)
    return { entry: report.received_entry_id, reference: report.reference }
  })
  const receipt = file(`${reference}.tlog-proof`, 'text/plain; charset=utf-8', await awaitReceipt(database, organizationId, entry))
  const enclosure = await sealedFor(sending, mail, async (tx) => {
    const content = await unlessErased(contentFor(tx, entry))
    return { words: [], files: [receipt, ...content === null ? [] : [file(`${reference}.json`, 'application/json', content)]] }
  })
  return { ...enclosure, files: [receipt] }
})

const file = (filename: string, type: string, text: string): Enclosed => ({ filename, type, content: Buffer.from(text) })

type Inside = (tx: Tx, report: Report) => Promise<{ words: readonly string[]; files: readonly Enclosed[] }>

/** Encrypted to the reporter's key where that can be done at this moment; otherwise the letter goes as it is, and the team sees why. */
function sealedFor({ database, organizationId, base }: Sending, mail: Mail, inside: Inside): Promise<Enclosure> {
  return database.read(organizationId, async (tx) => {
    const report = await getReport(tx, system, mail.thread!.id)
    const reader = await readerOf(tx, report)
    if ('why' in reader) return { protection: reader.why }
    const { words, files } = await inside(tx, report)
    const text = wholeText(mail, words, base)
    return { protection: 'encrypted', sealed: {
      text, files, encrypt: (entity) => database.read(organizationId, (later) => encryptedTo(later, reader, entity)),
    } }
  })
}

const inClear = 'This mail carries nothing of what you reported.'

function wholeText({ body }: Mail, words: readonly string[], base: string): string {
  const [first = '', ...rest] = render(body, base).text.trim().split('\n\n').filter((paragraph) => paragraph !== inClear)
  return `${[first, ...words, '-- ', ...rest, `Our OpenPGP key: ${base}/openpgp-key.asc`].join('\n\n')}\n`
}
