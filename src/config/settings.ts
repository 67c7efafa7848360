import { z } from 'zod'

interface About {
  /** One or two sentences for the operator. */
  readonly about: string
  /** Never shown, not even when it is wrong. */
  readonly secret?: boolean
  /** What stands in the page of settings where the default depends on others. */
  readonly otherwise?: string
}

export const about = z.registry<About>()

const text = z.string().trim().min(1)
const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most)
const yesOrNo = z.enum(['yes', 'no']).transform((answer) => answer === 'yes')
const postgresUrl = z.string().regex(/^postgres(ql)?:\/\//, 'has to begin with postgres://')

/** Every setting there is, by the name of its environment variable. docs/operate/settings.md is generated from this. */
export const settingsShape = z.object({
  PORT: whole(0, 65535).default(8080).register(about, { about: 'The port to listen on. 0 takes any that is free.' }),
  AVOW_LISTEN: text.default('127.0.0.1').register(about, {
    about: 'The address to listen on. Leave it on loopback behind a proxy on the same machine; `0.0.0.0` listens everywhere, as a container needs.' }),
  AVOW_URL: z.url({ protocol: /^https?$/ }).optional().register(about, {
    about: 'The address that people use, as in `https://security.example.org`. Links in mails and security.txt begin with it.',
    otherwise: '`http://localhost:PORT`' }),
  AVOW_TRUST_PROXY: yesOrNo.default(false).register(about, {
    about: '`yes` believes X-Forwarded-Proto and X-Forwarded-For. Only behind a proxy that sets them itself.' }),
  AVOW_ONION_ADDRESS: z.string().regex(/^http:\/\/[a-z2-7]{56}\.onion$/, 'has to look like http://….onion, with 56 letters and digits').optional()
    .register(about, { about: 'The onion address under which your own tor offers Avow. Pages tell Tor Browser about it. See [tor.md](tor.md).',
      otherwise: 'none' }),
  AVOW_TOR_EXITS: text.optional().register(about, {
    about: 'A file with the addresses of Tor’s exits, one a line, which you renew. Visitors from there meet no limit per network.', otherwise: 'none' }),
  AVOW_DEVELOPMENT: yesOrNo.optional().register(about, {
    about: '`yes` shows every outgoing mail at `/dev/mail`, to everybody who can reach it.',
    otherwise: '`yes` where AVOW_URL is on this machine (localhost), else `no`' }),
  AVOW_ORGANIZATION: text.max(200).optional().register(about, {
    about: 'The name of the organisation that the first start makes. Later it is changed at the desk.', otherwise: '`Our organisation`' }),
  AVOW_LOG_ORIGIN: z.string().regex(/^[a-z0-9.-]+\.[a-z]{2,}(\/[\w./-]+)?$/,
    'has to be a host name and perhaps a path, as in security.example.org/log').optional().register(about, {
    about: 'The name under which the log of the first organisation signs, as in `security.example.org/log`. It is chosen at the first start and never changes.',
    otherwise: '`avow.invalid/` and random digits, which say nothing about you' }),
  AVOW_DATA: text.default('./data').register(about, {
    about: 'The folder of everything that has to last: the built-in database, the keyring unless it is kept elsewhere, and the tail that a restore needs.' }),
  DATABASE_URL: postgresUrl.optional().register(about, {
    about: 'A PostgreSQL of yours (15 or newer), as the role `avow_app`. See [database.md](database.md).',
    secret: true, otherwise: 'the built-in PostgreSQL in AVOW_DATA' }),
  MIGRATION_DATABASE_URL: postgresUrl.optional().register(about, {
    about: 'The same database as the role `avow_owner`, which owns the tables. Without it Avow runs, but can neither migrate nor back up.',
    secret: true, otherwise: 'none' }),
  AVOW_POOL_SIZE: whole(4, 500).default(16).register(about, { about: 'How many connections to the database one process holds at most.' }),
  AVOW_KEYRING_FILE: text.optional().register(about, {
    about: 'The file of the keys that everything sealed depends on. Keep a copy elsewhere: whoever loses it loses the data.',
    otherwise: '`keyring` in AVOW_DATA' }),
  AVOW_KEYRING: text.optional().register(about, {
    about: 'The keyring itself, for deployments that keep secrets in the environment. It wins over the file.',
    secret: true, otherwise: 'none' }),
  AVOW_KEY_SERVICE: z.string().regex(/^https?:\/\/[^/]+\/v1\/.+\/keys\/[^/]+$/, 'has to look like https://vault.example.org:8200/v1/transit/keys/avow')
    .optional().register(about, {
      about: 'A key of Vault’s or OpenBao’s transit engine that guards the keyring’s file, as in `https://vault.example.org:8200/v1/transit/keys/avow`.',
      otherwise: 'none: the file holds the keyring as it is' }),
  AVOW_KEY_SERVICE_TOKEN: text.optional().register(about, {
    about: 'The token for that key. It needs to encrypt and decrypt with it, and nothing else.', secret: true, otherwise: 'none' }),
  AVOW_KEY_ROTATION_DAYS: whole(1, 3650).default(30).register(about, { about: 'A new wrapping key is begun when the current one is this old.' }),
  AVOW_BACKUP_RETENTION_DAYS: whole(1, 3650).default(35).register(about, {
    about: 'How long you keep backups. A retired wrapping key is destroyed when this has passed, and with it what erasures left in backups.' }),
  AVOW_BACKUP_PASSPHRASE: z.string().min(16, 'has to have 16 characters or more').optional().register(about, {
    about: 'Encrypts and opens backups. Keep it where the backups are not.',
    secret: true, otherwise: 'none: `avow backup` then asks for it' }),
  SMTP_URL: z.string().regex(/^smtps?:\/\//, 'has to begin with smtp:// or smtps://').optional().register(about, {
    about: 'Where mail is handed over, as in `smtps://user:password@mail.example.org`.',
    secret: true, otherwise: 'none: mail is kept and not sent' }),
  AVOW_MAIL_FROM: text.optional().register(about, { about: 'The sender of our mails.',
    otherwise: '`avow@` and the host of AVOW_URL' }),
  AVOW_INTAKE_ADDRESS: z.email().max(254).optional().register(about, {
    about: 'The address whose mail Avow reads. Answers to our letters come to it with a token of their case, as in `security+…@example.org`, '
      + 'and so do bounces. See [mail.md](mail.md).',
    otherwise: 'none: nobody can answer our letters by mail' }),
  AVOW_CONTACT_ADDRESS: z.email().optional().register(about, {
    about: 'The mail address of the security contact, beside the form. It stands in security.txt.', otherwise: 'none: the form alone' }),
  AVOW_CONTACT_MAILBOX: z.string().regex(/^(imap|smtp)s?:\/\/[^/@]+$/, 'has to look like imaps://mail.example.org').optional().register(about, {
    about: 'The server of that address, as in `imaps://mail.example.org`. The check of the contact greets it every hour; it never signs in.',
    otherwise: 'none: page and security.txt are checked' }),
  AVOW_IMAP_URL: z.string().regex(/^imaps?:\/\/[^/@]+@[^/@]+\/?$/, 'has to look like imaps://user:password@mail.example.org').optional().register(about, {
    about: 'The mailbox that Avow reads, as in `imaps://user:password@mail.example.org`. See [mail.md](mail.md).', secret: true, otherwise: 'none' }),
  AVOW_IMAP_FOLDER: text.default('INBOX').register(about, { about: 'The folder of that mailbox that is read.' }),
  AVOW_IMAP_MOVE_TO: text.optional().register(about, {
    about: 'The folder to which a mail is moved when it was taken. Nothing is ever deleted.', otherwise: 'none: it stays, and is marked as read' }),
  AVOW_SMTP_LISTEN: z.string().regex(/^(\S+:)?\d{1,5}$/, 'has to look like 0.0.0.0:25').optional().register(about, {
    about: 'Where Avow receives mail itself, as in `0.0.0.0:25`. It takes mail for its own addresses alone. See [mail.md](mail.md).', otherwise: 'none' }),
  AVOW_SMTP_CERT_FILE: text.optional().register(about, {
    about: 'The certificate (PEM, with its chain) by which that receiver offers STARTTLS.', otherwise: 'none: mail comes without TLS' }),
  AVOW_SMTP_KEY_FILE: text.optional().register(about, { about: 'The private key of that certificate (PEM).', otherwise: 'none' }),
  AVOW_SMTP_MOST_MB: whole(1, 500).default(50).register(about, { about: 'The largest mail that the receiver takes, in megabytes.' }),
  AVOW_MAIL_JUDGE: z.string().regex(/^[\w.-]+$/, 'has to be a name as it stands in Authentication-Results').optional().register(about, {
    about: 'Your own mail server’s name in the header Authentication-Results (its authserv-id). What it found about SPF, DKIM and DMARC is believed. '
      + 'It has to remove headers of that name that came from outside.', otherwise: 'none: Avow looks at signatures itself' }),
  AVOW_PRIVATE_NETWORK: yesOrNo.default(false).register(about, {
    about: '`yes` lets Avow ask an identity provider at an address inside your own network, and by plain HTTP, and look at the TLS of hosts there. '
      + 'Otherwise only public addresses are asked, so that nobody at a desk can reach what lies behind your firewall.' }),
  AVOW_CVE_LIST: z.string().regex(/^(https?:\/\/.*\{id\}.*|(?!https?:).+)$/, 'has to be a folder, or an address with {id} in it').optional().register(about, {
    about: 'Where facts look up CVE ids that a report cites: a folder with a copy of the CVE Program’s list or of OSV’s, or an address such as '
      + '`https://api.osv.dev/v1/vulns/{id}`. Whoever runs that address learns which ids your reports cite. See [facts.md](facts.md).',
    otherwise: 'none: nothing is looked up' }),
  AVOW_SOURCE_MIRRORS: text.optional().register(about, {
    about: 'A folder of bare Git repositories that you keep yourself, in a folder for each organisation’s short name. What reports cite is looked up in '
      + 'those that are attached to an asset at the desk. See [facts.md](facts.md).',
    otherwise: 'none: only repositories at https addresses can be attached' }),
  AVOW_REPLAY_COMMAND: z.string().regex(/^\/\S+/, 'has to begin with an absolute path').optional().register(about, {
    about: 'A program of yours, with its arguments, that runs one file a reporter sent, whose path is added at the end. It has to keep that file from '
      + 'doing harm, and from the network. Somebody of the team calls for each run. See [facts.md](facts.md).',
    otherwise: 'none: nothing that was sent is ever run' }),
  AVOW_REPLAY_SECONDS: whole(1, 3600).default(120).register(about, { about: 'A run that takes longer is ended, with all that it has started.' }),
  AVOW_COURSE_ORIGIN: z.url({ protocol: /^https?$/ }).optional().register(about, {
    about: 'A second address of this same server, as in `https://courses.example.org`, where packages of courses (SCORM) run their scripts, apart from '
      + 'everybody’s sign-in. A host name of its own, not only another port. See [courses.md](courses.md).',
    otherwise: '`http://courses.localhost:PORT` where AVOW_URL is on this machine, else none: packages are not opened' }),
  AVOW_SESSION_IDLE_MINUTES: whole(5, 1440).default(480).register(about, {
    about: 'A session that was not used for so long ends. What is dangerous asks for the second factor again after ten minutes, whatever this says.' }),
  AVOW_SESSION_HOURS: whole(1, 720)
    .default(168).register(about, { about: 'However much it is used, a session ends after so long, and its person signs in again.' }),
  AVOW_LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal']).default('info').register(about, {
    about: 'Least severity that is logged. Logs are JSON lines on standard output and hold no personal data.' }),
  AVOW_SHUTDOWN_SECONDS: whole(1, 600).default(20).register(about, { about: 'How long requests may take to finish after a SIGTERM.' }),
})

export type SettingName = keyof typeof settingsShape.shape
