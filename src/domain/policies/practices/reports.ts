import { near, type Practice } from './practice.ts'

/** What is promised to those who report a weakness. */
export const reportPractices: readonly Practice[] = [
  {
    mark: 'ack',
    cues: [
      near(/(?:acknowledge|confirm receipt)\w*/, 60, /e-?mails?|reports?|messages?|submissions?|receipt|disclosures?|you/),
      near(
        /reports?|submissions?|disclosures?|e-?mails?|you/, 60,
        /acknowledged|acknowledgement|(?:first |initial )?(?:response|reply|answer) (?:from|within|in)/,
      ),
      near(
        /(?:respond|repl(?:y|ies)|answer|get back|hear (?:back )?from us)s?/, 50,
        /you|reports?|reporters?|researchers?|disclosures?|submissions?|within|in/,
      ),
    ],
    unless: [/publicly|privacy|data (?:subject|protection)|contributors|\blaws?\b|incident/i, /\b(?:credit|recogni[sz]e)/i],
    rules: ['Every `report.received` is followed by `report.acknowledged` where by is human or `report.closed` where by is human within {within}.'],
    assumes: '7 days',
  },
  {
    mark: 'verify',
    cues: [
      near(
        /verif(?:y|ies)|validates?|triages?|investigates?|reproduces?|assess(?:es)?/, 30,
        /vulnerabilit(?:y|ies)|reports?|disclosures?|submissions?|issue|claim/,
      ),
      near(/reports?|disclosures?|submissions?/, 60, /verified|validated|triaged|investigated|reproduced/),
    ],
    unless: [/vulnerability (?:assessment|scan)/i, /\bbefore (?:we have|you)\b/i, /\bincident/i, /\bsuppliers?|vendors?\b/i],
    rules: [
      'Every `report.received` is followed by `report.verified` or `report.closed` where by is human within {within}, '
        + 'not counting the time between `report.question-asked` and `report.waiting-ended`.',
      '`report.fixed` happens only after `report.verified`.',
    ],
    assumes: '14 days',
  },
  {
    mark: 'fix',
    cues: [
      near(/(?:fix|patch)(?:es)?|(?:remediate|resolve|correct)s?/, 50, /vulnerabilit\w+|issues?|reports?|flaws?|weakness\w*|findings?|bugs?/),
      /\b(?:fix|patch|remediate|resolve|correct) (?:it|them)\b/i,
      /\b(?:vulnerabilit\w+|issues?|flaws?|weakness\w*|findings?|bugs?)\b.{0,60}\b(?:are|is|be|get|gets)\b.{0,20}\b(?:fixed|remediated|resolved|patched)\b/i,
    ],
    unless: [/\bincidents?\b|\bscan|static analysis|operating system/i],
    rules: ['Every `report.accepted` is followed by `report.fixed` or `risk.accepted` within {within}.'],
    assumes: '90 days',
  },
  {
    mark: 'progress',
    cues: [
      /\b(?:keep|update)\w*\b.{0,20}\b(?:you|reporters?|researchers?|the finder)\b.{0,20}\b(?:informed|updated|posted|progress|on)\b/i,
      /\bupdates? (?:at least )?every\b/i,
    ],
    rules: ['Between `report.acknowledged` and `report.resolved`, `report.updated` happens at least every {every}.'],
    assumes: '14 days',
  },
  {
    mark: 'advisories',
    cues: [/\b(?:publish|disclos|issue|release)\w*\b.{0,40}\b(?:security )?(?:advisor(?:y|ies)|bulletins?|CVE)/i, /\bcoordinate\w*\b.{0,40}\bdisclos/i],
    rules: ['Every `report.fixed` is followed by `advisory.published` within {within}.'],
    assumes: '90 days',
  },
  {
    mark: 'no-legal-action',
    cues: [/\b(?:not|never|no|n['’]t)\b.{0,60}\b(?:legal action|lawsuits?|prosecut\w+|sue|law enforcement|litigation|charges)\b/i],
    rules: ['`legal-action.taken` never happens.'],
  },
  {
    mark: 'safe-harbour',
    cues: [
      near(/third[- ]part(?:y|ies)/, 80, /against you/),
      near(/(?:someone|anyone|anybody|somebody) else/, 60, /legal|sues?|threaten\w*|court|lawyers?/),
      /\bmake it known that\b/i,
    ],
    rules: ['Every `third-party.threat-reported` is followed by `safe-harbour.letter-issued` within {within}.'],
    assumes: '5 business days',
  },
  {
    mark: 'credit',
    cues: [
      near(
        /publicly (?:acknowledge|thank|credit)|hall of fame|credit|name|thank/, 60,
        /contributors?|researchers?|reporters?|finders?|you|those who|everyone who|people/,
      ),
      near(/contributors?|researchers?|reporters?|finders?|those who/, 60, /credited|recogni[sz]ed|named|thanked|hall of fame/),
    ],
    unless: [/\bearly access\b|thank you/i],
    rules: ['Every `report.resolved` is followed by `researcher.credited` or `credit.declined` within {within}.'],
    assumes: '30 days',
  },
  {
    mark: 'reward',
    cues: [
      near(/rewards?|bount(?:y|ies)|payouts?/, 60, /determined|decided|paid|set|assessed|granted|awarded|depends?/),
      near(/pays?|awards?|grants?/, 40, /rewards?|bount(?:y|ies)/),
    ],
    rules: ['Every `report.accepted` is followed by `reward.decided` within {within}.'],
    assumes: '30 days',
  },
]
