import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { checkHosts, type Listed } from './hosts.ts'

const asset = (locator: string, more: Partial<Listed> = {}): Listed => ({ name: locator, kind: 'website', locator, in_scope: true, ...more })
const judged = (host: string, ...assets: Listed[]) => {
  const [fact] = checkHosts([host], assets).facts
  return [fact!.mark, fact!.says]
}

describe('a host', () => {
  const shop = asset('https://shop.example/cart', { name: 'Shop' })
  const all = asset('*.shop.example', { name: 'All of it' })
  const blog = asset('blog.shop.example', { name: 'Blog', in_scope: false })

  it('is in scope by its name, or below a wildcard, and the wildcard’s own name is not', () => {
    assert.deepEqual(judged('shop.example', shop), ['yes', 'in scope: Shop'])
    assert.deepEqual(judged('a.b.shop.example', all), ['yes', 'in scope: All of it'])
    assert.deepEqual(judged('shop.example', all)[0], 'hint')
    assert.deepEqual(judged('evilshop.example', all), ['hint', 'not in the scope list'])
  })

  it('is out of scope where that is said more exactly', () => {
    assert.deepEqual(judged('blog.shop.example', all, blog), ['no', 'out of scope: Blog'])
    assert.deepEqual(judged('blog.shop.example', asset('blog.shop.example', { name: 'Same' }), blog), ['no', 'out of scope: Blog'])
    assert.deepEqual(judged('shop.example', shop, asset('*.example', { in_scope: false })), ['yes', 'in scope: Shop'])
  })

  it('is compared as browsers write it, with its port', () => {
    assert.deepEqual(judged('xn--mnchen-3ya.example', asset('München.example'))[0], 'yes')
    assert.match(judged('shop.example:8443', shop)[1]!, /port is not named/)
    assert.deepEqual(judged('shop.example:8443', asset('shop.example:8443'))[0], 'yes')
    assert.deepEqual(judged('shop.example', asset('shop.example:8443'))[0], 'hint')
  })

  it('can be an address in a network', () => {
    assert.deepEqual(judged('192.0.2.77', asset('192.0.2.0/24'))[0], 'yes')
    assert.deepEqual(judged('[2001:db8::1]', asset('2001:db8::/32'))[0], 'yes')
    assert.deepEqual(judged('[2001:db8::1]:444', asset('https://[2001:db8::1]/'))[0], 'hint')
    assert.deepEqual(judged('10.0.0.7', shop), ['hint', 'an address inside somebody’s own network'])
    assert.deepEqual(judged('localhost:3000', shop), ['hint', 'an address inside somebody’s own network'])
  })

  it('of a locator with several is any of them, and a source’s place puts nothing in scope', () => {
    assert.deepEqual(judged('b.example', asset('https://a.example, b.example (and more)'))[0], 'yes')
    assert.deepEqual(judged('github.com', asset('https://github.com/acme/shop', { kind: 'source code' })), ['unchecked', 'the scope list names no address'])
    assert.deepEqual(judged('x.example', asset('@acme/shop'), asset('the app'), asset('999.1.1.1/99')), ['unchecked', 'the scope list names no address'])
  })
})
