import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { ImapFlow } from 'imapflow'
import { pathOf } from './needs.ts'

export interface Dovecot {
  /** For AVOW_IMAP_URL. */
  readonly url: string
  /** Another mail program at the same mailbox. */
  client(): Promise<ImapFlow>
  /** Ends the server as a crash would, and begins it anew with the same mailboxes. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** A real IMAP server on this machine with one mailbox, in a folder of its own. `idle: false` takes IDLE out of what it offers. */
export async function dovecot({ idle = true } = {}): Promise<Dovecot> {
  const folder = await mkdtemp(join(tmpdir(), 'avow-dovecot-'))
  await chmod(folder, 0o755)
  await mkdir(join(folder, 'mail'), { mode: 0o777 })
  await chmod(join(folder, 'mail'), 0o777)
  const port = await freePort()
  await writeFile(join(folder, 'conf'), configuration(folder, port, idle))
  let server = await start(folder, port)
  const end = async () => { server.kill('SIGKILL'); if (server.exitCode === null && server.signalCode === null) await once(server, 'exit') }
  return {
    url: `imap://security:sesame@127.0.0.1:${port}`,
    async client() {
      const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: 'security', pass: 'sesame' }, logger: false, disableAutoIdle: true })
      await client.connect()
      return client
    },
    async restart() { await end(); server = await start(folder, port) },
    async stop() { await end(); await rm(folder, { recursive: true, force: true }) },
  }
}

function configuration(folder: string, port: number, idle: boolean): string {
  const { username, uid } = userInfo()
  // Whoever is not root can give files to nobody else.
  const [user, group] = uid === 0 ? ['nobody', 'nogroup'] : [username, execFileSync('id', ['-gn']).toString().trim()]
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = ${folder.replaceAll('/', '-')}
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = no
disable_plaintext_auth = no
auth_mechanisms = plain login
mail_location = maildir:${folder}/mail/%u
first_valid_uid = 1
default_internal_user = ${user}
default_login_user = ${user}
default_internal_group = ${group}
${idle ? '' : 'imap_capability = IMAP4rev1 UIDPLUS MOVE'}
passdb {
  driver = static
  args = password=sesame
}
userdb {
  driver = static
  args = ${uid === 0 ? 'uid=nobody gid=nogroup' : `uid=${uid} gid=${userInfo().gid}`} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = 0
  }
}
service anvil {
  chroot =
}
service imap-urlauth-login {
  chroot =
}
service stats {
  unix_listener stats-writer {
    mode = 0666
  }
}
`
}

async function start(folder: string, port: number) {
  const output = await open(join(folder, 'output'), 'a')
  // Its output goes to a file: its children keep a pipe open.
  const server = spawn(pathOf('dovecot'), ['-F', '-c', join(folder, 'conf')], { stdio: ['ignore', output.fd, output.fd] })
  await output.close()
  for (let left = 100; left > 0; left--) {
    if (server.exitCode !== null) throw new Error(`Dovecot ended at once; see ${folder}/log.`)
    const client = new ImapFlow({ host: '127.0.0.1', port, secure: false, auth: { user: 'security', pass: 'sesame' }, logger: false, verifyOnly: true })
    client.on('error', () => {})
    try { await client.connect(); return server } catch { await pause(100) }
  }
  server.kill('SIGKILL')
  throw new Error('Dovecot does not answer.')
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
