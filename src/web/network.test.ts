import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { networkOfAddress } from './network.ts'

describe('a visitor’s network', () => {
  it('is an IPv4 address, also where it arrives as IPv6', () => {
    assert.equal(networkOfAddress('192.0.2.7'), '192.0.2.7')
    assert.equal(networkOfAddress('::ffff:192.0.2.7'), '192.0.2.7')
  })

  it('is the first half of an IPv6 address, however it is written', () => {
    const full = ['2001:db8:1:2:3:4:5:6', '2001:DB8:1:2::9', '2001:0db8:0001:0002:0:0:0:1']
    for (const address of full) assert.equal(networkOfAddress(address), '2001:db8:1:2::/64')
    for (const address of ['2001:db8::1', '2001:db8:0:0:7::1']) assert.equal(networkOfAddress(address), '2001:db8:0:0::/64')
    assert.equal(networkOfAddress('::1'), '0:0:0:0::/64')
    assert.equal(networkOfAddress('fe80::1%eth0'), 'fe80:0:0:0::/64')
  })

  it('stays as it is where it is no address', () => assert.equal(networkOfAddress('unknown'), 'unknown'))
})
