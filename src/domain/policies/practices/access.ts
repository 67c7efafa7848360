import { near, type Practice } from './practice.ts'

/** Who gets in, and how. */
export const accessPractices: readonly Practice[] = [
  { mark: 'sso', cues: [/\bsingle sign-?on\b/i, /\bSSO\b/], rules: ['For each system, `check.sso` always passes, checked at least every day.'] },
  {
    mark: 'second-factor',
    cues: [/\b(?:multi|two|2|second)[- ]?factor\b|\bpasskeys?\b|\b(?:hardware|security) keys?\b/i, /\b(?:MFA|2FA)\b/],
    rules: ['For each system, `check.second-factor` always passes, checked at least every day.'],
  },
  {
    mark: 'password-rules',
    cues: [/\b(?:strong|stringent|strict|complex|long)\b.{0,20}\bpasswords?\b/i, /\bpassword (?:polic(?:y|ies)|requirements?|rules?|managers?)\b/i],
    rules: ['For each system, `check.password-rules` always passes, checked at least every day.'],
  },
  {
    mark: 'access-review',
    cues: [
      near(/access/, 30, /review\w*/),
      near(/review\w*/, 40, /access|permissions|privileges|entitlements/),
      /\bleast[- ]privilege/i,
      near(/only/, 30, /authori[sz]ed|those who need|people who need|need[- ]to[- ]know/),
      near(/access/, 60, /limited|restricted|granted only|only/),
    ],
    unless: [/\byour account\b|\baccounts you own\b|\bexplicit permission\b/i],
    rules: [
      'For each system, `access.reviewed` happens at least every {every}.',
      'Every `access.revocation-decided` is followed by `access.revoked` within 1 business day.',
    ],
    assumes: '3 months',
  },
]
