import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { readToolOutput } from './index.ts'

const sarif = {
  version: '2.1.0', $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
  runs: [{
    tool: { driver: { name: 'Ferret', semanticVersion: '4.2.0', rules: [
      { id: 'js/sql-injection', shortDescription: { text: 'SQL from user input' }, properties: { 'security-severity': '8.8', tags: ['external/cwe/cwe-089'] } },
    ] } },
    results: [
      { ruleId: 'js/sql-injection', ruleIndex: 0, level: 'error', message: { text: 'The query depends on a value of the user.' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'src/orders.js' }, region: { startLine: 41 } } }] },
      { ruleId: 'js/unused', level: 'note', message: { text: 'Never used.' } },
    ],
  }],
}

const nuclei = [
  { 'template-id': 'exposed-env', info: { name: 'Environment file in the open', severity: 'high', classification: { 'cwe-id': ['cwe-200'] } },
    'matched-at': 'https://shop.example/.env' },
  { 'template-id': 'CVE-2021-41773', host: 'shop.example',
    info: { name: 'Path traversal', severity: 'critical', classification: { 'cve-id': ['cve-2021-41773'] } } },
]

const zap = { '@version': '2.16.0', site: [{ '@name': 'https://shop.example', alerts: [
  { pluginid: '40012', name: 'Cross-site scripting (reflected)', riskcode: '3', cweid: '79', instances: [{ uri: 'https://shop.example/?q=1', method: 'GET' }] },
] }] }

const zapXml = `<?xml version="1.0"?><OWASPZAPReport version="2.16.0"><site name="https://shop.example"><alerts><alertitem>
<pluginid>10020</pluginid><name>No protection from framing</name><riskcode>2</riskcode><cweid>1021</cweid>
<instances><instance><uri>https://shop.example/a</uri></instance><instance><uri>https://shop.example/b</uri></instance></instances>
</alertitem></alerts></site></OWASPZAPReport>`

const npm = { auditReportVersion: 2, vulnerabilities: {
  leftover: { name: 'leftover', severity: 'high', range: '<2.0.1', nodes: ['node_modules/leftover'], via: [
    { source: 1091, name: 'leftover', title: 'Prototype pollution', severity: 'high', cwe: ['CWE-1321'], range: '<2.0.1',
      url: 'https://github.com/advisories/GHSA-aaaa-bbbb-cccc' },
  ] },
  above: { name: 'above', severity: 'high', via: ['leftover'], range: '*', nodes: [] },
} }

const osv = { results: [{ source: { path: '/app/package-lock.json', type: 'lockfile' }, packages: [{
  package: { name: 'leftover', version: '2.0.0', ecosystem: 'npm' },
  vulnerabilities: [{ id: 'GHSA-aaaa-bbbb-cccc', summary: 'Prototype pollution', aliases: ['CVE-2024-12345'] }],
  groups: [{ ids: ['GHSA-aaaa-bbbb-cccc'], max_severity: '7.5' }],
}] }] }

describe('the output of tools', () => {
  it('is read from SARIF, with rule, place, severity by score and weakness', () => {
    const read = readToolOutput(JSON.stringify(sarif))!
    assert.deepEqual([read.tool, read.version, read.cut], ['Ferret', '4.2.0', false])
    assert.deepEqual(read.findings[0], {
      rule: 'js/sql-injection', title: 'The query depends on a value of the user.', severity: 'high', where: ['src/orders.js:41'], ids: ['CWE-89'],
    })
    assert.equal(read.findings[1]!.severity, 'low')
  })

  it('is read from nuclei, as one array and as one object a line', () => {
    for (const written of [JSON.stringify(nuclei), nuclei.map((one) => JSON.stringify(one)).join('\n')]) {
      const read = readToolOutput(written)!
      assert.equal(read.tool, 'nuclei')
      assert.deepEqual(read.findings.map(({ rule, severity, where, ids }) => [rule, severity, where, ids]), [
        ['exposed-env', 'high', ['https://shop.example/.env'], ['CWE-200']],
        ['CVE-2021-41773', 'critical', ['shop.example'], ['CVE-2021-41773']],
      ])
    }
  })

  it('is read from ZAP, in JSON and in XML', () => {
    assert.deepEqual(readToolOutput(JSON.stringify(zap))!.findings, [
      { rule: '40012', title: 'Cross-site scripting (reflected)', severity: 'high', where: ['https://shop.example/?q=1'], ids: ['CWE-79'] },
    ])
    assert.deepEqual(readToolOutput(zapXml), { tool: 'ZAP', version: '2.16.0', cut: false, findings: [
      { rule: '10020', title: 'No protection from framing', severity: 'medium', ids: ['CWE-1021'],
        where: ['https://shop.example/a', 'https://shop.example/b'] },
    ] })
  })

  it('is read from npm audit, each advisory once', () => {
    assert.deepEqual(readToolOutput(JSON.stringify(npm))!.findings, [{
      rule: 'GHSA-aaaa-bbbb-cccc', title: 'Prototype pollution', severity: 'high', where: ['leftover <2.0.1', 'node_modules/leftover'],
      ids: ['GHSA-aaaa-bbbb-cccc', 'CWE-1321'],
    }])
  })

  it('is read from OSV-Scanner, with the score of the group', () => {
    assert.deepEqual(readToolOutput(JSON.stringify(osv))!.findings, [{
      rule: 'GHSA-aaaa-bbbb-cccc', title: 'Prototype pollution', severity: 'high', where: ['leftover 2.0.0', '/app/package-lock.json'],
      ids: ['GHSA-aaaa-bbbb-cccc', 'CVE-2024-12345'],
    }])
  })

  it('lists no more than a person reads, and says so', () => {
    const many = { ...sarif, runs: [{ ...sarif.runs[0], results: Array.from({ length: 700 }, () => sarif.runs[0]!.results[0]) }] }
    const read = readToolOutput(JSON.stringify(many))!
    assert.deepEqual([read.findings.length, read.cut], [500, true])
  })

  it('stays a text where it is none of these', () => {
    const grows = '<!DOCTYPE a [<!ENTITY b "c">]><OWASPZAPReport>&b;</OWASPZAPReport>'
    for (const other of ['', 'Starting Nmap 7.95', '{"hello":1}', '[]', '<html></html>', grows, '{', '<']) {
      assert.equal(readToolOutput(other), null, other)
    }
  })

  it('never throws, whatever stands where something is expected', () => {
    fc.assert(fc.property(fc.constantFrom(sarif, nuclei, zap, npm, osv), fc.jsonValue(), fc.nat(), (shape, value, at) => {
      let seen = 0
      const spoilt = JSON.stringify(shape, (_, inside: unknown) => (seen++ === at % 40 ? value : inside))
      const read = readToolOutput(spoilt ?? '')
      for (const { rule, title, where, ids } of read?.findings ?? []) assert.ok([rule, title, ...where, ...ids].every((text) => typeof text === 'string'))
    }))
    fc.assert(fc.property(fc.string(), (any) => { readToolOutput(any) }))
  })
})
