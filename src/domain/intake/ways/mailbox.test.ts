import assert from 'node:assert/strict'
import { once } from 'node:events'
import { connect, createServer, type AddressInfo } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { dovecot, type Dovecot } from '../../../../test/support/dovecot.ts'
import { needs } from '../../../../test/support/needs.ts'
import { world, type World } from '../../../../test/support/world.ts'
import { addIntakeAddress } from '../addresses.ts'
import { startMailbox, type MailboxSettings } from './mailbox.ts'
import { readWay } from './way.ts'

/** Passes everything on to the mail server, and counts how often it was asked to tell what is new (IDLE, RFC 2177). */
async function listenedTo(address: string) {
  const [to, { hostname, port }] = [new URL(address), new URL(address)]
  let [idles, connections] = [0, 0]
  const relay = createServer((client) => {
    connections++
    const behind = connect(Number(port), hostname)
    client.on('data', (said) => { idles += said.toString('latin1').match(/^\S+ IDLE\r$/gm)?.length ?? 0 })
    client.on('error', () => behind.destroy()).pipe(behind).on('error', () => client.destroy()).pipe(client)
  }).listen(0, '127.0.0.1')
  await once(relay, 'listening')
  to.port = String((relay.address() as AddressInfo).port)
  return { url: to.href, idles: () => idles, connections: () => connections, close: () => new Promise((done) => { relay.close(done) }) }
}

const mail = (subject: string, ...head: string[]) =>
  Buffer.from(['From: Ada <ada@lovelace.example>', `Subject: ${subject}`, ...head, '', `words of ${subject}`, ''].join('\r\n'))

describe('the mailbox', { skip: needs('dovecot') }, () => {
  let w: World
  let server: Dovecot
  before(async () => { [w, server] = [await world(), await dovecot()] })
  after(async () => { await server.stop(); await w.close() })

  const read = async (use: () => Promise<void>, settings: Partial<MailboxSettings> = {}) => {
    const mailbox = startMailbox({ database: w.database }, { url: server.url, folder: 'INBOX', ...settings })
    try { await use() } finally { await mailbox.stop() }
  }

  async function put(...mails: Buffer[]): Promise<void> {
    const client = await server.client()
    for (const one of mails) await client.append('INBOX', one)
    await client.logout()
  }

  const taken = () => w.read(async (tx) => (await tx.db.selectFrom('messages').selectAll().execute()).length)
  async function until(count: number): Promise<void> {
    for (let left = 200; left > 0; left--) { if (await taken() >= count) break; await pause(100) }
    assert.equal(await taken(), count)
  }
  const flags = async (folder = 'INBOX') => {
    const client = await server.client()
    await client.mailboxOpen(folder)
    const all = await client.fetchAll('1:*', { flags: true })
    await client.logout()
    return all.map((one) => [...one.flags ?? []].includes('\\Seen'))
  }

  it('is read: what waits, what arrives while it idles, each once, and nothing that somebody had read before', async () => {
    // The addresses name nobody here: two organisations, so one has to be told.
    await w.as('admin').run(addIntakeAddress, { address: 'security@one.example' })
    const to = 'To: security@one.example'
    const client = await server.client()
    await client.append('INBOX', mail('old', to), ['\\Seen'])
    await client.logout()
    await put(mail('waiting', to))
    await read(async () => {
      await until(1)
      await put(mail('arriving', to))
      await until(2)
    })
    assert.deepEqual(await flags(), [true, true, true])
  })

  it('is read on after the server was gone', async () => {
    await read(async () => {
      await server.restart()
      await put(mail('after the crash', 'Delivered-To: security@one.example'))
      await until(3)
    })
  })

  it('takes a message once, also where it crashed between storing and marking it', async () => {
    await w.database.global.updateTable('intake_ways').set({ last_uid: 1 }).execute()
    await put(mail('one more', 'To: security@one.example'))
    await read(() => until(4))
    assert.equal(await taken(), 4)
  })

  it('leaves a mail that is addressed to nobody here, and says so at the desk', async () => {
    await put(mail('lost', 'To: nobody@elsewhere.example'))
    const unread = async () => (await flags()).filter((seen) => !seen).length
    await read(async () => {
      for (let left = 100; left > 0 && !(await readWay(w.database, 'imap'))?.error; left--) await pause(100)
    })
    assert.match((await readWay(w.database, 'imap'))!.error!, /addressed to nobody here/)
    assert.equal(await unread(), 1)
    assert.equal(await taken(), 4)
  })

  it('is read by one of two nodes, and by the other once that is gone: no mail twice, none lost', async () => {
    const before = await taken()
    const nodes = [1, 2].map(() => startMailbox({ database: w.database }, { url: server.url, folder: 'INBOX' }))
    try {
      await put(...Array.from({ length: 6 }, (_, i) => mail(`for two ${i}`, 'To: security@one.example')))
      await until(before + 6)
      await nodes[0]!.stop()
      await put(mail('for whoever is left', 'To: security@one.example'))
      await until(before + 7)
    } finally { await Promise.all(nodes.map((node) => node.stop())) }
    assert.equal(await taken(), before + 7)
  })

  it('is read on where its numbers began anew: what is taken stays one, what waits is taken', async () => {
    const before = await taken()
    await w.database.global.updateTable('intake_ways').set({ uid_validity: 1, last_uid: 4_000_000 }).execute()
    await put(mail('after the numbers began anew', 'To: security@one.example'))
    await read(() => until(before + 1))
    assert.notEqual((await readWay(w.database, 'imap'))!.uid_validity, 1)
  })

  it('asks to be told anew before the server tires of it, and goes on being told', async () => {
    const before = await taken()
    const between = await listenedTo(server.url)
    const mailbox = startMailbox({ database: w.database }, { url: between.url, folder: 'INBOX', pollMs: 100 })
    try {
      for (let left = 200; left > 0 && between.idles() < 4; left--) await pause(50)
      assert.ok(between.idles() >= 4, 'IDLE was not renewed')
      assert.equal(between.connections(), 1)
      await put(mail('told after renewals', 'To: security@one.example'))
      await until(before + 1)
    } finally {
      await mailbox.stop()
      await between.close()
    }
  })

  it('is polled where there is no IDLE, and moves what it took', async () => {
    const before = await taken()
    const other = await dovecot({ idle: false })
    try {
      const client = await other.client()
      await client.mailboxCreate('Taken')
      await client.append('INBOX', mail('polled', 'To: security@one.example'))
      const mailbox = startMailbox({ database: w.database }, { url: other.url, folder: 'INBOX', moveTo: 'Taken', pollMs: 200 })
      try {
        await until(before + 1)
        await client.append('INBOX', mail('polled again', 'To: security@one.example'))
        await until(before + 2)
      } finally { await mailbox.stop() }
      const status = await client.status('Taken', { messages: true })
      assert.equal(status && status.messages, 2)
      await client.logout()
    } finally { await other.stop() }
  })

  it('says in words that the sign-in was refused, and no secret', async () => {
    const errors: string[] = []
    const wrong = { url: server.url.replace('sesame', 'wrong'), folder: 'INBOX' }
    const mailbox = startMailbox({ database: w.database }, wrong, (error) => errors.push(error.message))
    for (let left = 100; left > 0 && errors.length === 0; left--) await pause(100)
    await mailbox.stop()
    assert.equal(errors[0], 'The mail server refuses the sign-in.')
  })
})
