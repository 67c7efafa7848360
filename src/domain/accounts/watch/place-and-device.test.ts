import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { countryName, countryOf } from './country.ts'
import { deviceWords } from './device-words.ts'
import { isImpossible } from './distance.ts'

describe('the country of a network', () => {
  it('is found for IPv4 and for the first half of an IPv6 address', async () => {
    assert.equal(await countryOf('193.0.6.139'), 'NL')
    assert.equal(await countryOf('133.11.0.1'), 'JP')
    assert.equal(await countryOf('2001:67c:2e8:22::/64'), 'NL')
    assert.equal(await countryOf('2a02:8071:0:0::/64'), 'DE')
  })

  it('is unknown inside a network of one’s own, and where there is no address', async () => {
    for (const network of ['127.0.0.1', '10.1.2.3', '0:0:0:0::/64', '2001:db8:0:0::/64', 'unknown']) assert.equal(await countryOf(network), null, network)
  })

  it('has a name', () => assert.equal(countryName('CH'), 'Switzerland'))
})

describe('an impossible distance', () => {
  it('is farther than anybody flies in the time', () => {
    assert.ok(isImpossible('DE', 'JP', 1))
    assert.ok(isImpossible('BR', 'SG', 5))
    assert.ok(!isImpossible('DE', 'JP', 12))
  })

  it('is never between neighbours, within one country, or from a place that is not known', () => {
    for (const [from, to] of [['DE', 'FR'], ['US', 'CA'], ['RU', 'JP'], ['CN', 'IN'], ['DE', 'DE'], ['US', 'US'], ['ZZ', 'JP']] as const) {
      assert.ok(!isImpossible(from, to, 0), `${from} to ${to}`)
    }
  })
})

describe('the words for a browser', () => {
  it('name browser and system, and repeat nothing that was sent', () => {
    const said: readonly (readonly [string | null, string])[] = [
      ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox on Linux'],
      ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0', 'Edge on Windows'],
      ['Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15', 'Safari on macOS'],
      ['Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/140.0 Mobile Safari/604.1', 'Chrome on iPhone'],
      ['Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Mobile Safari/537.36', 'Chrome on Android'],
      ['<script>curl</script>', 'an unknown browser'],
      [null, 'an unknown browser'],
    ]
    for (const [userAgent, words] of said) assert.equal(deviceWords(userAgent), words)
  })
})
