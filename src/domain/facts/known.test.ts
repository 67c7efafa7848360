import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { cveList } from './cve-list.ts'
import { checkKnown } from './known.ts'

const record = (state: string) => JSON.stringify({
  dataType: 'CVE_RECORD', cveMetadata: { state, datePublished: '2021-12-10T00:00:00Z' }, containers: { cna: { title: 'Something in Log4j' } },
})
const signal = AbortSignal.timeout(60_000)

describe('an id of a known weakness', () => {
  const judged = async (cves: string[], cwes: string[] = [], place?: string, privateNetwork = false) => {
    const list = cveList({ place, privateNetwork })
    const group = checkKnown({
      cwes, cves, year: 2026, lists: list.name, cve: await list.ask(cves, signal),
      cwe: (id) => ({ standing: id === 'CWE-79' ? 'weakness' : id === 'CWE-16' ? 'category' : 'unknown', name: id === 'CWE-79' ? 'XSS' : undefined }),
    })
    return group.facts.map(({ mark, says }) => `${mark}: ${says}`)
  }

  it('stands in the list of weaknesses, or does not', async () => {
    assert.deepEqual(await judged([], ['CWE-79', 'CWE-16', 'CWE-99999']), [
      'yes: XSS', 'hint: a category, which groups weaknesses and is none itself', 'no: does not exist in this version of the list',
    ])
  })

  it('of a year to come cannot exist; of another nothing is said without a list', async () => {
    assert.deepEqual(await judged(['CVE-2027-1000', 'CVE-1998-1000', 'CVE-2021-44228']), [
      'no: cannot exist: ids are given from 1999 to 2026', 'no: cannot exist: ids are given from 1999 to 2026', 'unchecked: not checked: no list is configured',
    ])
  })

  describe('in a folder', () => {
    const folder = mkdtempSync(join(tmpdir(), 'cves-'))
    before(() => {
      mkdirSync(join(folder, 'cves/2021/44xxx'), { recursive: true })
      writeFileSync(join(folder, 'cves/2021/44xxx/CVE-2021-44228.json'), record('PUBLISHED'))
      writeFileSync(join(folder, 'cves/2021/44xxx/CVE-2021-44229.json'), record('REJECTED'))
      writeFileSync(join(folder, 'CVE-2020-0001.json'), JSON.stringify({ id: 'CVE-2020-0001', published: '2020-02-01T00:00:00Z', summary: 'In OSV' }))
      writeFileSync(join(folder, 'CVE-2020-0002.json'), 'nonsense')
    })
    after(() => rmSync(folder, { recursive: true }))

    it('is read in the layouts of the CVE Program and of OSV', async () => {
      assert.deepEqual(await judged(['CVE-2021-44228', 'CVE-2021-44229', 'CVE-2020-0001', 'CVE-2020-0002', 'CVE-2021-1'], [], folder), [
        'yes: public since 2021-12-10: Something in Log4j', 'hint: exists, and was rejected', 'yes: public since 2020-02-01: In OSV',
        'unchecked: not checked: the list’s record cannot be read', 'no: does not stand in the list; it may be newer than the list',
      ])
    })

    it('that is not there says nothing', async () => {
      assert.deepEqual(await judged(['CVE-2021-44228'], [], join(folder, 'none')), ['unchecked: not checked: the list’s folder cannot be read'])
    })
  })

  it('is asked for at an address, where that is allowed', async () => {
    const server = createServer((request, response) => {
      response.statusCode = request.url === '/v1/CVE-2021-44228' ? 200 : request.url === '/v1/CVE-2021-1111' ? 404 : 503
      response.end(record('PUBLISHED'))
    }).listen(0, '127.0.0.1')
    await new Promise((resolve) => { server.once('listening', resolve) })
    const place = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/{id}`
    try {
      const ids = ['CVE-2021-44228', 'CVE-2021-1111', 'CVE-2021-2222']
      assert.deepEqual(await judged(ids, [], place, true), [
        'yes: public since 2021-12-10: Something in Log4j', 'no: does not stand in the list; it may be newer than the list',
        'unchecked: not checked: the list answered 503',
      ])
      assert.deepEqual(await judged(ids.slice(0, 1), [], place), ['unchecked: not checked: the list did not answer'])
    } finally {
      server.close()
    }
  })
})
