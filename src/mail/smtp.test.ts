import assert from 'node:assert/strict'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { DeliveryFailed, mailServer } from './smtp.ts'

const servers: SMTPServer[] = []
after(() => Promise.all(servers.map((server) => new Promise<void>((done) => server.close(done)))))

/** A mail server on this machine; answers its URL and the mails that reached it. */
async function receiver(options: SMTPServerOptions = {}) {
  const received: Buffer[] = []
  const recipients: string[][] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    ...options,
    onData(stream, { envelope }, done) {
      recipients.push(envelope.rcptTo.map(({ address }) => address))
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => { received.push(Buffer.concat(chunks)); done() })
    },
  })
  server.on('error', () => {})
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return { received, recipients, url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}` }
}

const mail = {
  id: '01890000-0000-7000-8000-000000000001',
  from: { name: 'Häuser & Co', address: 'security@avow.example' },
  to: 'ada@researcher.example',
  subject: 'R-7KQ2: a person has read your report',
  text: 'Größe\n',
  html: '<p>Größe</p>',
}

const failed = (code: string, permanent: boolean) => (error: unknown) => error instanceof DeliveryFailed && error.code === code && error.permanent === permanent

test('it sends plain text with HTML beside it, marked as written by a machine', async () => {
  const { received, url } = await receiver()
  const server = mailServer(url)
  await server.send(mail)
  server.close()
  const read = await PostalMime.parse(received[0]!)
  const header = (name: string) => read.headers.find((one) => one.key === name)?.value
  assert.equal(read.text?.trim(), 'Größe')
  assert.match(read.html!, /<p>Größe<\/p>/)
  assert.equal(read.subject, mail.subject)
  assert.deepEqual(read.from, mail.from)
  assert.equal(read.to?.[0]?.address, mail.to)
  assert.equal(read.messageId, `<${mail.id}@avow.example>`)
  assert.equal(header('auto-submitted'), 'auto-generated')
})

test('it offers to end letters that go to many with one post, and only those', async () => {
  const { received, url } = await receiver()
  const server = mailServer(url)
  await server.send({ ...mail, unsubscribe: 'https://avow.example/updates/end/abc' })
  await server.send(mail)
  server.close()
  const headersOf = async (raw: Buffer) => (await PostalMime.parse(raw)).headers.filter(({ key }) => key.startsWith('list-'))
    .map(({ key, value }) => `${key}: ${value}`)
  assert.deepEqual((await headersOf(received[0]!)).toSorted(),
    ['list-unsubscribe-post: List-Unsubscribe=One-Click', 'list-unsubscribe: <https://avow.example/updates/end/abc>'])
  assert.deepEqual(await headersOf(received[1]!), [])
})

test('it says whether a refusal is for good', async () => {
  const refusing = async (responseCode: number) => {
    const { url } = await receiver({ onRcptTo: (_address, _session, done) => done(Object.assign(new Error('no'), { responseCode })) })
    const server = mailServer(url)
    await assert.rejects(server.send(mail), failed(`refused_${responseCode}`, responseCode >= 500))
    server.close()
  }
  await refusing(450)
  await refusing(550)
})

test('it hands nothing over in plain to another machine', async () => {
  const { received, url } = await receiver()
  // This address reaches the same server, yet is not the name of this machine.
  const server = mailServer(url.replace('127.0.0.1', '0.0.0.0'))
  await assert.rejects(server.send(mail), failed('tls_failed', false))
  server.close()
  assert.equal(received.length, 0)
})

test('it tries again later where nobody answers', async () => {
  const server = mailServer('smtp://127.0.0.1:1')
  await assert.rejects(server.send(mail), failed('connection_failed', false))
  server.close()
})

test('it never lets an address smuggle in a header or a second recipient', async () => {
  const { received, recipients, url } = await receiver()
  const server = mailServer(url)
  const [ada, eve] = ['ada@researcher.example', 'eve@mallory.example']
  for (const to of [`${ada}\r\nBcc: ${eve}`, `${ada}, ${eve}`, `${eve}> <${ada}`]) {
    await server.send({ ...mail, to }).catch(() => {})
  }
  server.close()
  for (const addresses of recipients) assert.equal(addresses.length, 1)
  for (const raw of received) assert.ok(!/^bcc:/im.test(raw.toString()))
})

test('it signs in as the URL says, and says when that is refused', async () => {
  const onAuth: SMTPServerOptions['onAuth'] = ({ username, password }, _session, done) =>
    username === 'avow@host' && password === 'p:w' ? done(null, { user: username }) : done(new Error('no'))
  const { received, url } = await receiver({ authOptional: false, allowInsecureAuth: true, onAuth })
  const good = mailServer(url.replace('smtp://', 'smtp://avow%40host:p%3Aw@'))
  await good.send(mail)
  good.close()
  assert.equal(received.length, 1)
  const bad = mailServer(url.replace('smtp://', 'smtp://avow%40host:wrong@'))
  await assert.rejects(bad.send(mail), failed('sign_in_refused', false))
  bad.close()
})
