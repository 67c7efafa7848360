/**
 * What security policies promise, and the rules that would measure it. A sentence is held against every cue; the rules of those that
 * match are proposed. `{within}` and `{every}` take the time that the sentence names, or the one assumed here, to be confirmed.
 */
export interface Practice {
  /** The footnote's mark. */
  readonly mark: string
  readonly cue: RegExp
  /** A sentence that also matches this is about something else. */
  readonly unless?: RegExp
  readonly rules: readonly string[]
  readonly assumes?: string
}

const data = String.raw`(?:data|information|files|content|databases?|storage|backups?|records)`
const staff = String.raw`(?:team members?|employees?|staff|personnel|contractors?|developers?|engineers?|everyone|colleagues|people|workforce|(?:new )?hires?|joiners?)`

/** Cues are written without their flags and matched in any case. */
const cue = (...alternatives: string[]) => new RegExp(alternatives.join('|'), 'iu')

export const practices: readonly Practice[] = [
  // Reports
  {
    mark: 'contact', cue: cue(String.raw`\b(?:contact|reach|write to|e-?mail(?:ing)?|get in touch with|let)\b.{0,30}\b(?:us|our|know|security)\b`, String.raw`please contact`, String.raw`contact(?:ed)? (?:at|via)`, String.raw`[\w.+-]+@[\w-]+\.[\w.-]+`),
    unless: cue(String.raw`\bwith (?:a |the |as much |full |any )?(?:\w+ )?(?:description|detail|steps|information|proof)`, String.raw`\binclude\b`, String.raw`\bnotify\b`),
    rules: ['`check.contact` always passes, checked at least every day.'],
  },
  { mark: 'ack', cue: cue(String.raw`\backnowledg\w*\b.{0,60}\b(?:e-?mails?|reports?|messages?|submissions?|receipt|disclosures?)`, String.raw`\b(?:reports?|submissions?|disclosures?|you|e-?mails?)\b.{0,60}\b(?:acknowledged|(?:first |initial )?(?:response|reply|answer))\b`, String.raw`\b(?:respond|reply|answer|get back)\b.{0,50}\b(?:you|reports?|reporters?|researchers?|disclosures?|submissions?)\b`),
    unless: cue('publicly|privacy|data (?:subject|protection)|contributors|law'),
    rules: ['Every `report.received` is followed by `report.acknowledged` where by is human or `report.closed` where by is human within {within}.'], assumes: '7 days' },
  { mark: 'verify', cue: cue(String.raw`\b(?:verif(?:y|ies|ied)|validat\w+|triag\w+|investigat\w+|reproduc\w+|assess\w*)\b.{0,40}\b(?:each |every |all |the |your )?(?:vulnerabilit(?:y|ies)|reports?|disclosures?|submissions?|findings?)\b`, String.raw`\b(?:reports?|disclosures?|submissions?)\b.{0,60}\b(?:verified|validated|triaged|investigated|reproduced)\b`),
    unless: cue(String.raw`vulnerabilit\w+ (?:assessment|scan)`, String.raw`\bbefore we have|before you`),
    rules: ['Every `report.received` is followed by `report.verified` or `report.closed` where by is human within {within}, not counting the time between `report.question-asked` and `report.answered`.', '`report.fixed` happens only after `report.verified`.'], assumes: '14 days' },
  { mark: 'fix', cue: cue(String.raw`\b(?:fix(?:es|ed)?|remediat\w+|resolv\w+|patch(?:es|ed)?|correct(?:s|ed)?)\b.{0,50}\b(?:vulnerabilit\w+|issues?|reports?|flaws?|weakness\w*|it|them|findings?)\b`, String.raw`\b(?:vulnerabilit\w+|issues?|flaws?|weakness\w*|findings?)\b.{0,60}\b(?:are|is|be|get)\b.{0,20}\b(?:fixed|remediated|resolved|patched)\b`),
    unless: cue('incident|scan|static analysis'), rules: ['Every `report.accepted` is followed by `report.fixed` or `risk.accepted` within {within}.'], assumes: '90 days' },
  { mark: 'status', cue: cue(String.raw`\b(?:keep|update)\w*\b.{0,20}\b(?:you|reporters?|researchers?)\b.{0,20}\b(?:informed|updated|posted|progress)`), rules: ['After `report.acknowledged` until `report.closed`, `report.updated` happens at least every {every}.'], assumes: '14 days' },
  { mark: 'disclosure', cue: cue(String.raw`\b(?:publish|disclos|issue)\w*\b.{0,40}\b(?:advisor(?:y|ies)|cve)`, String.raw`\bcoordinat\w+\b.{0,40}\bdisclos`), rules: ['Every `report.fixed` is followed by `advisory.published` within {within}.'], assumes: '90 days' },
  { mark: 'no-legal-action', cue: cue(String.raw`\b(?:not|never|no)\b.{0,60}\b(?:legal action|lawsuit|prosecut\w+|sue|law enforcement|litigation)`), unless: cue('third[- ]party against'), rules: ['`legal-action.taken` never happens.'] },
  { mark: 'safe-harbour', cue: cue(String.raw`\bthird[- ]part\w+\b.{0,160}\b(?:known|comply|compli\w+|authori[sz]ed|defend|support)`, String.raw`\bmake it known\b`), rules: ['Every `third-party.threat-reported` is followed by `safe-harbour.letter-issued` within {within}.'], assumes: '5 business days' },
  { mark: 'credit', cue: cue(String.raw`\b(?:public\w*|hall of fame|credit|name|thank)\b.{0,40}\b(?:acknowledge|recogni[sz]e|contributors?|researchers?|reporters?|finders?)`, String.raw`\b(?:credit|recogni[sz]e|acknowledge)\w*\b.{0,30}\b(?:contributors?|researchers?|reporters?|finders?)`), unless: cue('we believe|early access'),
    rules: ['Every `report.resolved` is followed by `researcher.credited` or `credit.declined` within {within}.'], assumes: '30 days' },
  { mark: 'reward', cue: cue(String.raw`\b(?:rewards?|bount(?:y|ies))\b.{0,60}\b(?:determined|decided|paid|set|assessed|granted|awarded)`, String.raw`\b(?:pay|award)\b.{0,40}\b(?:rewards?|bount(?:y|ies))`), rules: ['Every `report.accepted` is followed by `reward.decided` within {within}.'], assumes: '30 days' },
  // The programme and its people
  { mark: 'programme', cue: cue(String.raw`\b(?:security|compliance) (?:program(?:me)?|polic(?:y|ies))\b.{0,60}\b(?:communicated|in place|documented|published internally|shared)`), rules: ['Every `policy.published` is followed by `policy.communicated` within {within}.'], assumes: '30 days' },
  { mark: 'roles', cue: cue(String.raw`\b(?:roles|responsibilities)\b.{0,120}\b(?:defined|documented|assigned)`), rules: ['`check.roles-assigned` always passes, checked at least every month.'] },
  { mark: 'acceptance', cue: cue(String.raw`\b(?:accept|sign|acknowledge|agree to|read)\w*\b.{0,30}\b(?:all |our |the |these )?(?:\w+ )?polic(?:y|ies)`), unless: cue(String.raw`\byou\b|using our`), rules: ['For each person, every `policy.published` is followed by `policy.accepted` within {within}.'], assumes: '30 days' },
  { mark: 'training', cue: cue(String.raw`\b(?:security|awareness|privacy|regular|phishing|annual)\b.{0,40}\btrain(?:ing|ed)\b`, String.raw`\b${staff}\b.{0,60}\btrain(?:ing|ed)\b`, String.raw`\btrain\b.{0,40}\b${staff}`), rules: ['For each person, `training.passed` happens at least every {every}.'], assumes: '1 year' },
  { mark: 'nda', cue: cue(String.raw`\b(?:confidentiality|non-?disclosure) (?:agreement|undertaking|clause)|\bNDAs?\b`), rules: ['For each person, `person.started` happens only after `nda.signed`.'] },
  { mark: 'background-check', cue: cue(String.raw`\bbackground (?:check|screening|verification)|\bscreened\b.{0,40}\b(?:hir|employ)`), rules: ['Every `person.joined` is followed by `background-check.cleared` or `background-check.not-permitted` within {within}.'], assumes: '60 days' },
  // Infrastructure and data
  { mark: 'hosting', cue: cue(String.raw`\b(?:hosted|housed|run(?:s|ning)?|host)\b.{0,60}\b(?:with|in|on|by|at)\b`, String.raw`\bdata cent(?:er|re)s?\b.{0,80}\b(?:certif|secur|access control|surveil|guard)`, String.raw`\bcertif\w+\b.{0,30}\bdata cent`), unless: cue('we run'), rules: ['For each vendor, `check.certificates-current` always passes, checked at least every month.', '`check.hosting` always passes, checked at least every week.'] },
  { mark: 'residency', cue: cue(String.raw`\b${data}\b.{0,40}\b(?:located|stored|kept|hosted|held|resides?|stays?|remains?)\b.{0,20}\b(?:in|within) (?:the )?\p{Lu}`), rules: ['`check.residency` always passes, checked at least every week.'] },
  { mark: 'encryption-at-rest', cue: cue(String.raw`\bencrypt\w*\b.{0,120}\bat rest\b|\bat rest\b.{0,60}\bencrypt`, String.raw`\bAES(?:-?\d+)?\b`), rules: ['For each system, `check.encryption-at-rest` always passes, checked at least every day.'] },
  { mark: 'tls', cue: cue(String.raw`\bTLS\b|\bSSL\b|\bHTTPS\b`, String.raw`\bencrypt\w*\b.{0,120}\bin transit\b|\bin transit\b.{0,60}\bencrypt`), rules: ['For each system, `check.tls` always passes, checked at least every day.'] },
  { mark: 'password-hashing', cue: cue(String.raw`\bpasswords?\b.{0,60}\b(?:hash\w*|argon\w*|bcrypt|scrypt)`, String.raw`\bhash\w*\b.{0,30}\bpasswords?`), rules: ['For each system, `check.password-hashing` always passes, checked at least every day.'] },
  { mark: 'scans', cue: cue(String.raw`\bvulnerabilit\w+\b.{0,10}\b(?:scan\w*|assessments?)`, String.raw`\bscan\w*\b.{0,60}\b(?:vulnerabilit\w+|systems|code|images|dependencies)`), rules: ['For each system, `scan.completed` happens at least every {every}.', 'Every `finding.opened` is followed by `finding.closed` or `risk.accepted` within 90 days.'], assumes: '1 week' },
  { mark: 'pentest', cue: cue(String.raw`\bpen(?:etration)?[- ]?test`), rules: ['`pentest.completed` happens at least every {every}.'], assumes: '1 year' },
  { mark: 'audit', cue: cue(String.raw`\b(?:security|independent|external|internal|third[- ]party|regular|annual|compliance|SOC 2|ISO)\b.{0,30}\b(?:audits?|assessments?|audited)\b`), unless: cue('risk assessment|vulnerability assessment|support security audits'), rules: ['`audit.completed` happens at least every {every}.'], assumes: '1 year' },
  { mark: 'monitoring', cue: cue(String.raw`\bmonitor\w*\b.{0,80}\b(?:threats?|anomal\w+|unauthori[sz]ed|intrusions?|suspicious|attacks?|24/7|around the clock|continuous\w*)`, String.raw`\b(?:active|continuous|real-?time|24/7)\b.{0,20}\bmonitor`), unless: cue('your account'), rules: ['For each system, `monitoring.heartbeat` happens at least every {every}.', 'Every `alert.raised` is followed by `alert.handled` within 1 day.'], assumes: '1 hour' },
  { mark: 'logging', cue: cue(String.raw`\b(?:detailed|audit|system|access|security|activity) logs?\b|\blogs? of\b|\blogging\b|\b(?:is|are) logged\b`), rules: ['For each system, `check.logging` always passes, checked at least every day.'] },
  { mark: 'backups', cue: cue(String.raw`\bback(?:s|ed)?[- ]?ups?\b`), rules: ['For each system, `backup.completed` happens at least every {every}.'], assumes: '1 day' },
  { mark: 'recovery', cue: cue(String.raw`\bdisaster[- ]recovery\b|\bbusiness continuity\b|\brestor(?:e|es|ed|ing|ation)\b.{0,40}\b(?:test|drill|backup|practi)`), rules: ['`restore.drilled` happens at least every {every}.'], assumes: '1 year' },
  { mark: 'outages', cue: cue(String.raw`\balert\w*\b.{0,30}\b(?:team|staff|engineers?|on-?call)\b`, String.raw`\b(?:team|engineers?|on-?call)\b.{0,40}\b(?:alerted|paged)`, String.raw`\b(?:outages?|failures?|downtime)\b.{0,60}\balert`), rules: ['Every `outage.started` is followed by `team.alerted` within {within}.'], assumes: '15 minutes' },
  { mark: 'status-page', cue: cue(String.raw`\bstatus page\b`), rules: ['Every `outage.started` is followed by `status-page.updated` within {within}.'], assumes: '1 hour' },
  // Access
  { mark: 'sso', cue: cue(String.raw`\bsingle sign-?on\b|\bSSO\b`), rules: ['For each system, `check.sso` always passes, checked at least every day.'] },
  { mark: 'second-factor', cue: cue(String.raw`\b(?:multi|two|2|second)[- ]?factor\b|\bMFA\b|\b2FA\b|\bpasskeys?\b|\bsecurity keys?\b`), rules: ['For each system, `check.second-factor` always passes, checked at least every day.'] },
  { mark: 'password-rules', cue: cue(String.raw`\b(?:strong|stringent|strict|complex)\b.{0,20}\bpassword`, String.raw`\bpassword (?:polic|requirement|rule|manager)`), rules: ['For each system, `check.password-rules` always passes, checked at least every day.'] },
  { mark: 'access-review', cue: cue(String.raw`\baccess\b.{0,30}\breview`, String.raw`\breview\w*\b.{0,30}\b(?:access|permissions|privileges|accounts)`, String.raw`\bleast[- ]privilege`, String.raw`\b(?:only|limited to|restricted to)\b.{0,30}\b(?:authori[sz]ed|need)\b.{0,60}`), unless: cue('your account|accounts you own|explicit permission'), rules: ['For each system, `access.reviewed` happens at least every {every}.', 'Every `access.revocation-decided` is followed by `access.revoked` within 1 business day.'], assumes: '3 months' },
  { mark: 'leavers', cue: cue(String.raw`\b(?:leav\w+|departing|terminat\w+|offboard\w*)\b.{0,60}\b(?:access|accounts?)|\baccess\b.{0,60}\b(?:revoked|removed|withdrawn|disabled)\b`), rules: ['Every `person.left` is followed by `access.revoked` within {within}.'], assumes: '1 business day' },
  { mark: 'devices', cue: cue(String.raw`\b(?:laptops?|devices?|workstations?|endpoints?)\b.{0,80}\b(?:encrypt\w*|managed|locked|anti-?virus|patched|up to date)`), rules: ['For each device, `check.device` always passes, checked at least every week.'] },
  // Risks, vendors, changes
  { mark: 'risk-assessment', cue: cue(String.raw`\brisk (?:assessments?|analys[ei]s|reviews?)\b|\bassess\b.{0,30}\brisks?\b`), unless: cue('vendor|supplier'), rules: ['`risk-assessment.completed` happens at least every {every}.'], assumes: '1 year' },
  { mark: 'vendors', cue: cue(String.raw`\b(?:vendors?|suppliers?|sub-?processors?|third[- ]part(?:y|ies) (?:providers?|services?))\b.{0,80}\b(?:review\w*|assess\w*|vet\w*|evaluat\w*|authori\w*|approv\w*|management)`, String.raw`\b(?:review|assess|vet|evaluat)\w*\b.{0,60}\b(?:vendors?|suppliers?|sub-?processors?|providers)`), rules: ['For each vendor, `vendor.authorised` happens only after `vendor.reviewed`.'] },
  { mark: 'dependencies', cue: cue(String.raw`\b(?:vet|review|check|assess|scan|track)\w*\b.{0,40}\b(?:third[- ]party|open[- ]source|external)\b.{0,30}\b(?:software|librar\w+|dependenc\w+|code|components?|packages?)`, String.raw`\b(?:dependenc(?:y|ies)|librar(?:y|ies)|open[- ]source)\b.{0,60}\b(?:vetted|reviewed|checked|scanned|updated)`), rules: ['`dependency.added` happens only after `dependency.reviewed`.'] },
  { mark: 'code-review', cue: cue(String.raw`\b(?:code|peer)[- ](?:code )?reviews?\b|\b(?:reviewed|review) (?:by )?(?:a |another |at least one )?(?:peer|second|other|engineer|developer|colleague)`, String.raw`\b(?:code|changes?)\b.{0,60}\b(?:is|are) (?:peer[- ])?reviewed`), rules: ['`change.deployed` happens only after `change.reviewed`.'] },
  { mark: 'static-analysis', cue: cue(String.raw`\bstatic (?:code )?analysis\b|\bSAST\b|\bstatically analy[sz]ed\b`), rules: ['`change.deployed` happens only after `change.analysed`.'] },
  { mark: 'privacy-by-design', cue: cue(String.raw`\bprivacy\b.{0,60}\b(?:design|development|by default)`, String.raw`\bprivacy (?:review|impact assessment)s?|\bDPIAs?\b`), rules: ['`feature.released` happens only after `privacy-review.completed`.'] },
  // Incidents and the law
  { mark: 'incidents', cue: cue(String.raw`\bincidents?\b.{0,60}\b(?:response|plan|contain\w*|investigat\w*|mitigat\w*|handled|managed)`, String.raw`\bincident[- ]response\b`), rules: ['`incident-plan.exercised` happens at least every year.', 'Every `incident.declared` is followed by `incident.contained` within {within}.', 'Every `incident.contained` is followed by `incident.reviewed` within 30 days.'], assumes: '1 day' },
  { mark: 'breach-notice', cue: cue(String.raw`\b(?:notif|inform|tell|alert)\w*\b.{0,80}\b(?:breach\w*|incidents?|compromis\w*)\b`, String.raw`\b(?:breach\w*|incidents?|compromis\w*)\b.{0,100}\b(?:notif|inform|tell|told)\w*`), unless: cue(String.raw`\byou (?:must|should|notify)|notify us`), rules: ['Every `personal-data-breach.known` is followed by `authority.notified` or `notification.not-required` within {within}.'], assumes: '72 hours' },
  { mark: 'data-minimisation', cue: cue(String.raw`\bcollect\w*\b.{0,40}\b(?:only|necessary|minim\w+|need\w*|purposes?)|\bonly\b.{0,20}\bcollect|\bdata minimi[sz]ation`), rules: ['`collection.started` happens only after `purpose.recorded`.'] },
  { mark: 'retention', cue: cue(String.raw`\b(?:stor|keep|retain|delet|eras)\w*\b.{0,60}\b(?:only (?:for )?as long|no longer than|as long as|as soon as|after (?:\d+|\w+) (?:days?|months?|years?)|once (?:it|they)|within)`), unless: cue('vulnerabilit|reports? '), rules: ['`check.retention` always passes, checked at least every week.'] },
  { mark: 'privacy-requests', cue: cue(String.raw`\b(?:GDPR|CCPA|CPRA|LGPD|data[- ]protection laws?|privacy laws?)\b`, String.raw`\b(?:data subject|access|deletion|privacy) requests?\b`), rules: ['Every `privacy-request.received` is followed by `privacy-request.answered` or `privacy-request.extended` within {within}.'], assumes: '1 month' },
  { mark: 'policy-changes', cue: cue(String.raw`\b(?:notif|inform|tell|announce|e-?mail)\w*\b.{0,60}\b(?:changes?|updates?|revisions?)\b`, String.raw`\b(?:changes?|updates?) to this (?:policy|page)\b.{0,60}\b(?:notif|announc|inform)`), unless: cue('incident|breach'), rules: ['Every `policy.changed-significantly` is followed by `users.notified` within {within}.'], assumes: '14 days' },
]
