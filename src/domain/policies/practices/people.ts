import { near, type Practice } from './practice.ts'

/** The programme, and the people who carry it. */
export const peoplePractices: readonly Practice[] = [
  {
    mark: 'programme',
    cues: [
      near(/(?:security|compliance) (?:program(?:me)?|polic(?:y|ies)|management system)/, 60, /communicat\w+|in place|documented|written|shared|made known/),
    ],
    unless: [/\baccept|acknowledge\b|\bsign\b/i],
    rules: ['Every `policy.published` is followed by `policy.communicated` within {within}.'],
    assumes: '30 days',
  },
  {
    mark: 'roles',
    cues: [
      near(/roles|responsibilities|duties/, 120, /defined|documented|assigned|written/),
      /\b(?:chief information security officer|CISO|security officer|security lead) (?:is|owns|leads)\b/i,
    ],
    rules: ['`check.roles-assigned` always passes, checked at least every month.'],
  },
  {
    mark: 'acceptance',
    cues: [/\b(?:accepts?|signs?|acknowledges?|agrees? to|reads?|confirms?)\b.{0,40}\bpolic(?:y|ies)\b/i],
    unless: [/\byou\b|using our|confidentiality|non-?disclosure/i],
    rules: ['For each person, every `policy.published` is followed by `policy.accepted` within {within}.'],
    assumes: '30 days',
  },
  {
    mark: 'training',
    cues: [
      near(/security|awareness|privacy|regular|phishing|annual|yearly|secure coding/, 40, /training|trained|courses?|lessons/),
      near(
        /team|members?|employees?|staff|personnel|contractors?|developers?|engineers?|everyone|colleagues|people|workforce|hires?/, 60,
        /training|trained|course/,
      ),
    ],
    rules: ['For each person, `training.passed` happens at least every {every}.'],
    assumes: '1 year',
  },
  {
    mark: 'nda',
    cues: [/\b(?:confidentiality|non-?disclosure|secrecy) (?:agreement|undertaking|clause|statement)s?\b|\bNDAs?\b/i],
    rules: ['For each person, `person.started` happens only after `nda.signed`.'],
  },
  {
    mark: 'background-check',
    cues: [/\bbackground (?:check|screening|verification)s?\b|\b(?:hires?|candidates|joiners?|employees)\b.{0,40}\bscreened\b/i],
    rules: ['Every `person.joined` is followed by `background-check.cleared` or `background-check.not-permitted` within {within}.'],
    assumes: '60 days',
  },
  {
    mark: 'leavers',
    cues: [
      near(/leav(?:es|ing|ers?)|departing|terminat\w+|offboard\w*|last day/, 80, /access|accounts?|credentials/),
      near(/access|accounts?|credentials/, 60, /leaves?|leaving|departure|termination/),
    ],
    rules: ['Every `person.left` is followed by `access.revoked` within {within}.'],
    assumes: '1 business day',
  },
]
