import type { Practice } from './practice.ts'

/** Systems, and the data that they hold. */
export const systemPractices: readonly Practice[] = [
  {
    mark: 'hosting',
    cues: [
      /\b(?:hosted|housed|hosts?|runs? on|operated)\b.{0,80}\b(?:AWS|Amazon|Google Cloud|GCP|Azure|cloud|data cent(?:er|re)s?|providers?|certified)\b/i,
      /\bdata cent(?:er|re)s?\b.{0,80}\b(?:certif\w+|secure\w*|access control|surveil\w+|guard\w*|audited)\b/i,
    ],
    rules: [
      'For each vendor, `check.certificates-current` always passes, checked at least every month.',
      '`check.hosting` always passes, checked at least every week.',
    ],
  },
  {
    mark: 'residency',
    cues: [
      // In case: “in the United States”, not “in transit”.
      /\b(?:[Dd]ata|[Ii]nformation|[Cc]ontent|[Ff]iles|[Bb]ackups)\b.{0,60}\b(?:located|stored|kept|hosted|held|resides?|stays?|remains?|leaves?)\b(?: \w+)? (?:in|within|the) (?:the )?\p{Lu}/u,
    ],
    rules: ['`check.residency` always passes, checked at least every week.'],
  },
  {
    mark: 'encryption-at-rest',
    cues: [
      /\bencrypt\w*\b.{0,120}\bat rest\b|\bat rest\b.{0,60}\bencrypt/i,
      /\bAES(?:[- ]?\d+)?\b/,
      /\b(?:disks?|databases?|backups?|volumes?|storage)\b.{0,40}\bencrypted\b/i,
    ],
    rules: ['For each system, `check.encryption-at-rest` always passes, checked at least every day.'],
  },
  {
    mark: 'tls',
    cues: [/\b(?:TLS|SSL|HTTPS)\b/, /\bencrypt\w*\b.{0,120}\bin transit\b|\bin transit\b.{0,60}\bencrypt/i],
    rules: ['For each system, `check.tls` always passes, checked at least every day.'],
  },
  {
    mark: 'password-hashing',
    cues: [/\bpasswords?\b.{0,60}\b(?:hash\w*|salted|argon\w*|bcrypt|scrypt)\b/i, /\bhash\w*\b.{0,30}\bpasswords?\b/i],
    rules: ['For each system, `check.password-hashing` always passes, checked at least every day.'],
  },
  {
    mark: 'scans',
    cues: [
      /\bvulnerability\b.{0,10}\b(?:scan\w*|assessments?)/i,
      /\bscan(?:s|ned|ning)?\b.{0,60}\b(?:vulnerabilit\w+|systems?|code|images?|networks?|weaknesses)\b/i,
    ],
    rules: [
      'For each system, `scan.completed` happens at least every {every}.',
      'Every `finding.opened` is followed by `finding.closed` or `risk.accepted` within 90 days.',
    ],
    assumes: '1 week',
  },
  {
    mark: 'monitoring',
    cues: [
      /\bmonitor\w*\b.{0,80}\b(?:threats?|anomal\w+|unauthori[sz]ed|intrusions?|suspicious|attacks?|24\/7|around the clock|continuous\w*|day and night)\b/i,
      /\b(?:active|continuous|real-?time|24\/7)\b.{0,20}\bmonitor/i,
      /\b(?:watch|detect)\w*\b.{0,60}\b(?:threats?|anomal\w+|intrusions?|unauthori[sz]ed access|attacks?)\b/i,
    ],
    unless: [/\byour account\b/i],
    rules: ['For each system, `monitoring.heartbeat` happens at least every {every}.', 'Every `alert.raised` is followed by `alert.handled` within 1 day.'],
    assumes: '1 hour',
  },
  {
    mark: 'logging',
    cues: [/\b(?:detailed|audit|system|access|security|activity) (?:logs?|trails?)\b|\blogs? of\b|\b(?:is|are) logged\b/i],
    rules: ['For each system, `check.logging` always passes, checked at least every day.'],
  },
  {
    mark: 'backups',
    cues: [/\bback(?:s|ed)?[- ]?ups?\b/i],
    unless: [/\bback up your\b/i],
    rules: ['For each system, `backup.completed` happens at least every {every}.'],
    assumes: '1 day',
  },
  {
    mark: 'recovery',
    cues: [
      /\bdisaster[- ]recovery\b|\bbusiness[- ]continuity\b/i,
      /\b(?:restor\w+|recover\w*)\b.{0,40}\b(?:test\w*|drill\w*|backups?|practi[cs]\w+|rehears\w+)\b/i,
      /\b(?:test|drill|practi[cs]e|rehearse)s?\b.{0,40}\brestor\w+/i,
    ],
    rules: ['`restore.drilled` happens at least every {every}.'],
    assumes: '1 year',
  },
  {
    mark: 'outages',
    cues: [
      /\b(?:alert|page)\w*\b.{0,30}\b(?:team|staff|engineers?|on-?call|us)\b/i,
      /\b(?:team|engineers?|on-?call)\b.{0,40}\b(?:alerted|paged|woken)\b/i,
      /\b(?:outages?|failures?|downtime)\b.{0,60}\b(?:alert|page)/i,
    ],
    rules: ['Every `outage.started` is followed by `team.alerted` within {within}.'],
    assumes: '15 minutes',
  },
  {
    mark: 'status-page',
    cues: [/\bstatus page\b/i],
    rules: ['Every `outage.started` is followed by `status-page.updated` within {within}.'],
    assumes: '1 hour',
  },
  {
    mark: 'devices',
    cues: [/\b(?:laptops?|devices?|workstations?|endpoints?|computers?)\b.{0,80}\b(?:encrypt\w*|managed|locked?|anti-?virus|patched|up to date)\b/i],
    unless: [/\byour (?:laptop|device|computer)/i],
    rules: ['For each device, `check.device` always passes, checked at least every week.'],
  },
]
