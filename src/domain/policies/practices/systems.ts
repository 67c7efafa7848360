import { near, type Practice } from './practice.ts'

/** Systems, and the data that they hold. */
export const systemPractices: readonly Practice[] = [
  {
    mark: 'hosting',
    cues: [
      near(/hosted|housed|hosts?|runs? on|operated/, 80, /AWS|Amazon|Google Cloud|GCP|Azure|cloud|data cent(?:er|re)s?|providers?|certified/),
      near(/data cent(?:er|re)s?/, 80, /certif\w+|secure\w*|access control|surveil\w+|guard\w*|audited/),
    ],
    rules: [
      'For each vendor, `check.certificates-current` always passes, checked at least every month.',
      '`check.hosting` always passes, checked at least every week.',
    ],
  },
  {
    mark: 'residency',
    cues: [
      // Capitals count: “in the United States”, not “in transit”.
      /\b(?:data|information)\b.{0,60}\b(?:located|stored|kept|hosted|held|resides?|stays?|remains?|leaves?)\b(?: \w+)? (?:in|within|the)(?: the)? \p{Lu}/u,
    ],
    rules: ['`check.residency` always passes, checked at least every week.'],
  },
  {
    mark: 'encryption-at-rest',
    cues: [
      /\bencrypt\w*\b.{0,120}\bat rest\b|\bat rest\b.{0,60}\bencrypt/i,
      /\bAES(?:[- ]?\d+)?\b/,
      near(/disks?|databases?|backups?|volumes?|storage/, 40, /encrypted/),
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
      near(/vulnerability/, 10, /scan\w*|assessments?/),
      near(/scan(?:s|ned|ning)?/, 60, /vulnerabilit\w+|systems?|code|images?|networks?|weaknesses/),
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
      near(/monitor\w*/, 80, /threats?|anomal\w+|unauthori[sz]ed|intrusions?|suspicious|attacks?|24\/7|around the clock|continuous\w*|day and night/),
      near(/active|continuous|real-?time|24\/7/, 20, /monitor\w*/),
      near(/(?:watch|detect)\w*/, 60, /threats?|anomal\w+|intrusions?|unauthori[sz]ed access|attacks?/),
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
      near(/restor\w+|recover\w*/, 40, /test\w*|drill\w*|backups?|practi[cs]\w+|rehears\w+/),
      near(/(?:test|drill|practi[cs]e|rehearse)s?/, 40, /restor\w+/),
    ],
    rules: ['`restore.drilled` happens at least every {every}.'],
    assumes: '1 year',
  },
  {
    mark: 'outages',
    cues: [
      near(/(?:alert|page)\w*/, 30, /team|staff|engineers?|on-?call|us/),
      near(/team|engineers?|on-?call/, 40, /alerted|paged|woken/),
      near(/outages?|failures?|downtime/, 60, /(?:alert|page)\w*/),
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
