import { near, type Practice } from './practice.ts'

/** Tests, risks, vendors, changes. */
export const assurancePractices: readonly Practice[] = [
  { mark: 'pentest', cues: [/\bpen(?:etration)?[- ]?test/i], rules: ['`pentest.completed` happens at least every {every}.'], assumes: '1 year' },
  {
    mark: 'audit',
    cues: [
      near(
        /security|independent|external|internal|third[- ]party|regular|annual|yearly|compliance|SOC 2|ISO(?:\/IEC)? 27001/, 30,
        /audits?|assessments?|audited|auditors?|certified/,
      ),
    ],
    unless: [/\brisk assessments?\b|\bvulnerability assessments?\b|\bsupport (?:security )?audits\b|\bdata cent(?:er|re)/i],
    rules: ['`audit.completed` happens at least every {every}.'],
    assumes: '1 year',
  },
  {
    mark: 'risk-assessment',
    cues: [/(?<!vendor |supplier )\brisk (?:assessments?|analys[ei]s|reviews?|workshops?)\b|\b(?:assess|analy[sz]e)\w*\b.{0,30}\brisks?\b|\brisk register\b/i],
    rules: ['`risk-assessment.completed` happens at least every {every}.'],
    assumes: '1 year',
  },
  {
    mark: 'vendors',
    cues: [
      near(
        /vendors?|suppliers?|sub-?processors?|service providers?/, 80,
        /review\w*|assess\w*|vet\w*|evaluat\w*|authori[sz]\w*|approv\w*|risk management|due diligence|checked/,
      ),
      near(/(?:review|assess|vet|evaluat|check)\w*/, 60, /vendors?|suppliers?|sub-?processors?|service providers?/),
    ],
    rules: ['For each vendor, `vendor.authorised` happens only after `vendor.reviewed`.'],
  },
  {
    mark: 'dependencies',
    cues: [
      near(
        /(?:vet|review|check|assess|scan|track)\w*/, 40,
        /(?:third[- ]party|open[- ]source|external)\b.{0,30}\b(?:software|librar\w+|dependenc\w+|code|components?|packages?)/,
      ),
      near(/dependenc(?:y|ies)|librar(?:y|ies)|open[- ]source|packages?/, 60, /vetted|reviewed|checked|scanned|updated/),
    ],
    rules: ['`dependency.added` happens only after `dependency.reviewed`.'],
  },
  {
    mark: 'code-review',
    cues: [
      /\b(?:code|peer)[- ](?:code )?reviews?\b/i,
      near(/code|changes?|pull requests?/, 60, /(?:reviewed|approved|read) by/),
      /\bsecond (?:pair of eyes|engineer|developer)\b/i,
    ],
    rules: ['`change.deployed` happens only after `change.reviewed`.'],
  },
  {
    mark: 'static-analysis',
    cues: [/\bstatic(?:ally)? (?:code )?analy[sz]/i, /\bSAST\b/],
    rules: ['`change.deployed` happens only after `change.analysed`.'],
  },
  {
    mark: 'privacy-by-design',
    cues: [/\bprivacy\b.{0,60}\b(?:design|development|by default)\b/i, /\bprivacy (?:reviews?|impact assessments?)\b/i, /\bDPIAs?\b/],
    rules: ['`feature.released` happens only after `privacy-review.completed`.'],
  },
]
