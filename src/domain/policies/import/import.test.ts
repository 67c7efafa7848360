import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import type { SentenceKind } from '../classify.ts'
import { readPolicy } from '../policy-text.ts'
import { practices } from '../practices/index.ts'
import { pages, type Page } from './fixtures/pages.ts'
import { importPolicy, type Import } from './import-policy.ts'
import { namedTimes } from './times.ts'

interface Format { heading(text: string, first: boolean): string; paragraph(text: string): string; item(text: string): string }
const formats: Record<string, Format> = {
  html: {
    heading: (text, first) => `<h${first ? 1 : 2}>${text}</h${first ? 1 : 2}>`,
    paragraph: (text) => `<p>${text}</p>`,
    item: (text) => `<li>${text}</li>`,
  },
  md: { heading: (text, first) => `${first ? '#' : '##'} ${text}\n`, paragraph: (text) => `${text}\n`, item: (text) => `* ${text}` },
  txt: { heading: (text) => `${text}\n`, paragraph: (text) => `${text}\n`, item: (text) => `  • ${text}` },
}

function written({ name, sections }: Page): string {
  const { heading, paragraph, item } = formats[name.split('.').at(-1)!]!
  return sections.flatMap((section, i) => [
    heading(section.heading, i === 0),
    ...section.paragraphs.map((all) => paragraph(all.map(([, text]) => text).join(' '))),
    ...section.items?.map(([, text]) => item(text)) ?? [],
    '',
  ]).join('\n')
}
const labelled = (page: Page) => page.sections.flatMap((section) => [...section.paragraphs.flat(), ...section.items ?? []])
const marksOf = (proposals: Import['proposals']) => new Set(proposals.flatMap(({ rules, repeats }) => [...rules.map(({ mark }) => mark), ...repeats]))

describe('importPolicy', () => {
  for (const page of pages) {
    it(`takes every sentence of ${page.name} for what it is`, () => {
      const imported = importPolicy(written(page), page.name)
      assert.deepEqual(imported.proposals.map(({ kind, sentence }) => [kind, sentence]), labelled(page).map(([kind, sentence]) => [kind, sentence]))
      for (const [, sentence, ...expected] of labelled(page)) {
        const marks = marksOf(imported.proposals.filter((one) => one.sentence === sentence))
        for (const mark of expected) assert.ok(marks.has(mark), `“${sentence}” should speak of ${mark}, and speaks of ${[...marks].join(', ') || 'nothing'}`)
      }
    })

    it(`writes a policy from ${page.name} that says the same and has no problem`, () => {
      const { markdown, proposals } = importPolicy(written(page), page.name)
      const policy = readPolicy(markdown)
      assert.deepEqual(policy.problems, [])
      assert.deepEqual(policy.sentences.filter(({ inHeading }) => !inHeading).map(({ text }) => text), labelled(page).map(([, sentence]) => sentence))
      const rules = proposals.flatMap((proposal) => proposal.rules.map(({ mark, rule }) => [mark, proposal.sentence, rule]))
      assert.deepEqual(policy.commitments.map(({ mark, sentence, text }) => [mark, sentence, text]), rules)
    })
  }

  it('uses the time that the sentence names, and says where it had to assume one', () => {
    const { proposals } = importPolicy('We reply to reports within 36 hours. We make backups.', 'page.txt')
    assert.deepEqual(proposals.flatMap(({ rules }) => rules.map(({ rule, assumed }) => ({ rule, assumed }))), [
      {
        rule: 'Every `report.received` is followed by `report.acknowledged` where by is human or `report.closed` where by is human within 36 hours.',
        assumed: undefined,
      },
      { rule: 'For each system, `backup.completed` happens at least every day.', assumed: '1 day' },
    ])
  })

  it('keeps Markdown as it is written, and puts the marks where sentences end', () => {
    const text = '# Security\n\n**We reply to reports in\ntwo days.** More &amp; more, see [our backups](https://x.invalid/a_b).\n\n'
      + '| what |\n|---|\n| Passwords are hashed with \\*argon2\\*. |\n'
    const { markdown } = importPolicy(text, 'page.md')
    const marked = text.replace('days.**', 'days.**[^ack]').replace('a_b).', 'a_b).[^backups]').replace('\\*.', '\\*.[^password-hashing]')
    assert.equal(markdown.split('\n\n[^')[0], marked.trimEnd())
  })

  it('reads HTML without its scripts, styles and navigation', () => {
    const page = '<!doctype html><head><title>x</title></head><nav><p>Home</p></nav><h1>Security &amp; you</h1><script>evil()</script>'
      + '<ul><li><p>We use TLS for all *connections*.</p></li></ul>'
    const { markdown } = importPolicy(page, 'page.html')
    assert.equal(markdown, '# Security & you\n\n- We use TLS for all \\*connections\\*.[^tls]\n\n'
      + '[^tls]: For each system, `check.tls` always passes, checked at least every day.\n')
  })

  it('proposes only rules that the language can say', () => {
    for (const { cues } of practices) for (const cue of cues) assert.ok(!cue.global, `${cue} would remember where it stopped`)
    assert.equal(new Set(practices.map(({ mark }) => mark)).size, practices.length)
  })
})

describe('namedTimes', () => {
  const cases: [string, string[]][] = [
    ['within one week', ['one week']], ['in 48 hours', ['48 hours']], ['annual tests and quarterly reviews', ['1 year', '3 months']],
    ['twice a year', ['6 months']], ['within 3 business days', ['3 business days']], ['a 90-day window', ['90 day']], ['regularly', []],
  ]
  for (const [text, times] of cases) it(`finds ${times.join(' and ') || 'none'} in “${text}”`, () => {
    assert.deepEqual(namedTimes(text).map((time) => time.text), times)
  })
})

/*
 * Two pages of real companies, which are not ours to keep here. For each the kinds of its sentences in their order, as a careful reader
 * took them, and the practice that has to be found for each clause.
 */
const seeds: readonly { of: string; kinds: string; clauses: Record<string, string> }[] = [
  {
    of: '000_', kinds: 'SSSPPPRSPRRRSRRRRRPPPPPPPPPPPPPPP',
    clauses: {
      W1: 'contact', W2: 'ack', W4: 'verify', 'W4 order': 'verify-2', 'W4 fix': 'fix', W8: 'no-legal-action', 'W8 letter': 'safe-harbour',
      W9: 'programme', W10: 'pentest', 'W10 audits': 'audit', W11: 'roles',
      W12: 'acceptance', W13: 'training', W14: 'nda', W15: 'background-check', W16: 'hosting',
      W17: 'residency', 'W17 at rest': 'encryption-at-rest', W18: 'tls', W19: 'scans', 'W19 monitoring': 'monitoring',
      W20: 'backups', 'W20 recovery': 'recovery', 'W20 alerts': 'outages', W21: 'sso',
      'W21 factor': 'second-factor', 'W21 passwords': 'password-rules', W22: 'access-review', W23: 'risk-assessment', W24: 'vendors',
    },
  },
  {
    of: '001_', kinds: 'SPSSSSRSSPPPPPPSSRRRRPMPMSSPPPPPPPPPPPRRRRRSSSMPRPSSSSSS',
    clauses: {
      'J-contact': 'contact', J2: 'encryption-at-rest', 'J2 transit': 'tls', 'J2 passwords': 'password-hashing', J3: 'access-review',
      J4: 'second-factor', J5: 'scans', 'J5 tests': 'pentest', J6: 'incidents', J10: 'credit',
      J11: 'reward', J13: 'data-minimisation', 'J13 retention': 'retention', J14: 'privacy-by-design', J15: 'privacy-requests',
      J16: 'code-review', 'J16 analysis': 'static-analysis', J17: 'dependencies', J18: 'training',
      J19: 'hosting', J20: 'backups', 'J20 recovery': 'recovery', J21: 'monitoring', J22: 'logging', J23: 'audit', 'J-updates': 'policy-changes',
    },
  },
]
const folder = new URL('../../../../../shared/mission/', import.meta.url)
const letters: Record<SentenceKind, string> = { promise: 'P', request: 'R', permission: 'M', statement: 'S' }

describe('the two pages that Avow was made for', () => {
  for (const seed of seeds) {
    it(`finds every promise of ${seed.of} and takes no request for one`, (test) => {
      const name = existsSync(folder) && readdirSync(folder).find((file) => file.startsWith(seed.of))
      if (!name) return test.skip(`NOT CHECKED: ${folder.pathname} is not here`)
      const imported = importPolicy(readFileSync(new URL(name, folder), 'utf8'), name)
      const kinds = imported.proposals.map(({ kind }) => letters[kind]).join('')
      const right = [...kinds].filter((kind, i) => kind === seed.kinds[i]).length
      const clauses = Object.keys(seed.clauses)
      const found = marksOf(imported.proposals)
      const missing = clauses.filter((clause) => !found.has(seed.clauses[clause]!))
      test.diagnostic(`${right} of ${seed.kinds.length} sentences, ${clauses.length - missing.length} of ${clauses.length} promises`)
      assert.deepEqual(missing, [])
      assert.equal(kinds, seed.kinds)
      assert.deepEqual(readPolicy(imported.markdown).problems, [])
    })
  }
})
