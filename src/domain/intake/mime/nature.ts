import type { Email } from 'postal-mime'

/** What kind of letter it is, by the marks that machines set (RFC 3834, RFC 3464, RFC 2919). */
export type Nature =
  | { readonly kind: 'person' }
  /** A list's or a tool's mail. It may report something, and is never answered by a machine. */
  | { readonly kind: 'bulk'; readonly why: string }
  /** A machine's answer to a mail: somebody is away, a ticket was opened. */
  | { readonly kind: 'automatic'; readonly why: string }
  /** What became of a mail. `about` are ids of messages that it speaks of, ours among them perhaps. */
  | { readonly kind: 'bounce'; readonly action: 'failed' | 'delayed' | 'delivered'; readonly status: string | null; readonly recipient: string | null
    readonly about: readonly string[] }

export function natureOf(email: Email, raw: Buffer): Nature {
  const header = (name: string) => email.headers.find(({ key }) => key === name)?.value.trim()
  const type = header('content-type') ?? ''
  const report = /^multipart\/report/i.test(type) ? /report-type\s*=\s*"?([\w-]+)/i.exec(type)?.[1]?.toLowerCase() : undefined
  if (report === 'disposition-notification') return { kind: 'automatic', why: 'it says that a mail was opened' }
  const status = email.attachments.find(({ mimeType }) => /^message\/(global-)?delivery-status$/.test(mimeType))
  if (status) return deliveryStatus(Buffer.from(status.content as ArrayBuffer).toString('utf8'), raw)
  if (returned(email, header)) return freeForm(email, raw)
  return automatic(header, email.subject ?? '') ?? { kind: 'person' }
}

type Header = (name: string) => string | undefined

const answeringMarks = [
  'x-autoreply', 'x-autorespond', 'x-autoresponder', 'x-autoreply-from', 'x-mail-autoreply', 'x-vacation', 'x-ms-exchange-inbox-rules-loop',
]

/** As the mail programs put it before the subject that they answer, each in its language. */
const away = new RegExp(`^(?:${[
  'automatic reply', 'auto(?:-| )?reply', 'out of (?:the )?office', 'automatische antwort', 'abwesenheitsnotiz', 'réponse automatique', 'respuesta automática',
  'risposta automatica', 'resposta automática', 'automatisch antwoord', 'autosvar', 'automatiskt svar', 'automatisk svar', 'automaattinen vastaus',
  'odpowiedź automatyczna', 'automatická odpověď', 'automatikus válasz', 'răspuns automat', 'автоматический ответ', 'автоматична відповідь',
  'otomatik yanıt', 'αυτόματη απάντηση', '自動応答', '自动答复', '自動回覆', '自动回复', '자동 회신', 'الرد التلقائي', 'תשובה אוטומטית',
].join('|')})\\s*[:：]`, 'iu')

function automatic(header: Header, subject: string): Nature | undefined {
  const submitted = header('auto-submitted')?.toLowerCase()
  if (submitted?.startsWith('auto-replied')) return { kind: 'automatic', why: 'its head says that a machine answered' }
  if (answeringMarks.some((name) => header(name)) || /^auto.?reply/i.test(header('precedence') ?? '')) {
    return { kind: 'automatic', why: 'its head says that a machine answered' }
  }
  if (away.test(subject.trim())) return { kind: 'automatic', why: 'its subject says that a machine answered' }
  if (submitted !== undefined && submitted !== 'no') return { kind: 'bulk', why: 'a program sent it' }
  if (/^(bulk|junk|list)/i.test(header('precedence') ?? '')) return { kind: 'bulk', why: 'it was sent to many' }
  if (header('list-id') ?? header('list-unsubscribe') ?? header('list-post')) return { kind: 'bulk', why: 'it came by a mailing list' }
  if (/\b(all|oof|autoreply)\b/i.test(header('x-auto-response-suppress') ?? '')) return { kind: 'bulk', why: 'it asks not to be answered by a machine' }
  if (header('return-path') === '<>') return { kind: 'bulk', why: 'it names no way back' }
  return undefined
}

const undelivered = /undeliver|delivery (status|fail)|failure notice|returned mail|mail delivery|has failed|not be delivered|nicht zugestellt|non remis/i

/** Bounces from before RFC 3464, and from servers that never heard of it: from the postmaster without a way back, or with words about a delivery. */
function returned(email: Email, header: Header): boolean {
  if (header('x-failed-recipients')) return true
  const sender = email.from?.address ?? ''
  const postmaster = /^(mailer-daemon|postmaster|mail-?daemon|mdaemon)(@|$)/i.test(sender)
  const noWayBack = header('return-path') === '<>'
  return (postmaster && noWayBack) || ((postmaster || noWayBack) && undelivered.test(email.subject ?? ''))
}

function deliveryStatus(status: string, raw: Buffer): Nature {
  const field = (name: string) => new RegExp(`^${name}:\\s*(?:[\\w-]+;)?\\s*(\\S+)`, 'im').exec(status)?.[1]
  const action = field('Action')?.toLowerCase() ?? 'failed'
  return {
    kind: 'bounce', action: action === 'failed' || action === 'delayed' ? action : 'delivered',
    status: field('Status') ?? null,
    recipient: field('Original-Recipient')?.toLowerCase() ?? field('Final-Recipient')?.toLowerCase() ?? null, about: idsAbout(raw),
  }
}

function freeForm(email: Email, raw: Buffer): Nature {
  const text = (email.text ?? '').slice(0, 100_000)
  const recipient = email.headers.find(({ key }) => key === 'x-failed-recipients')?.value ?? /<?([^\s<>@:"(),]{1,64}@[\w.-]{1,255})>?:/.exec(text)?.[1]
  const delayed = /delay|warning|still being retried|not yet been delivered/i.test(email.subject ?? '')
  return {
    kind: 'bounce', action: delayed ? 'delayed' : 'failed', status: /\b([245]\.\d{1,3}\.\d{1,3})\b/.exec(text)?.[1] ?? null,
    recipient: recipient?.trim().toLowerCase() ?? null, about: idsAbout(raw),
  }
}

/** Ids of messages that are returned, quoted or answered in it, wherever they stand. */
function idsAbout(raw: Buffer): string[] {
  const source = raw.toString('latin1', 0, 512 * 1024)
  return [...new Set([...source.matchAll(/^[>\s]{0,20}(?:Message-ID|In-Reply-To|References|X-Original-Message-ID):\s*((?:<[^<>\s]{1,500}>\s*)+)/gim)]
    .flatMap(([, ids]) => ids!.match(/<[^<>\s]+>/g) ?? []))].slice(0, 50)
}
