import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { placesIn } from './places.ts'

const of = (text: string, asset = 'shop', weakness = 'CWE-79') => placesIn({ asset, weakness, text }).map((place) => place.join(' '))

describe('where a weakness is', () => {
  it('is its endpoint with each parameter, whatever values they have', () => {
    assert.deepEqual(of('See https://shop.example/orders/4711/items?q=<script>&page=2'), [
      'shop CWE-79 /orders/:id/items q', 'shop CWE-79 /orders/:id/items page',
    ])
    assert.deepEqual(of('Send POST /orders/0b9c8f6e-52a1-4d3c-9f0e-1a2b3c4d5e6f/items/ with the parameter `q`.'), ['shop CWE-79 /orders/:id/items q'])
    assert.deepEqual(of('The q parameter of https://shop.example/orders/1/items is not escaped'), ['shop CWE-79 /orders/:id/items q'])
  })

  it('is the same in two reports that share no sentence', () => {
    const [one] = of('Reflected script: https://shop.example/search?term=%3Cscript%3E')
    const [other] = of('Bonjour, le paramètre de GET /search?term=x est vulnérable')
    assert.equal(one, other)
  })

  it('is what the form asked for, written as it may be', () => {
    const declared = (endpoint: string) =>
      placesIn({ asset: 'shop', weakness: 'CWE-79', text: 'https://x.example/y?z=1', endpoint, parameter: 'q' }).map(String)
    assert.deepEqual(declared('GET /orders/4711/'), ['shop,CWE-79,/orders/:id,q'])
    assert.deepEqual(declared('https://shop.example/orders/12'), ['shop,CWE-79,/orders/:id,q'])
    assert.deepEqual(declared('parse_header()'), ['shop,CWE-79,parse_header(),q'])
  })

  it('is told by the host where no asset was chosen, and not at all without one or without a kind of weakness', () => {
    assert.deepEqual(of('https://shop.example/search?term=x', ''), ['shop.example CWE-79 /search term'])
    assert.deepEqual(of('GET /search?term=x', ''), [])
    assert.deepEqual(of('https://shop.example/search?term=x', 'shop', ''), [])
    assert.deepEqual(of('The following parameter is bad; this parameter too'), [])
  })

  it('is found in time that grows with the text, and at most twenty', () => {
    for (const text of ['parameter '.repeat(50_000), 'a.'.repeat(200_000), 'POST /'.repeat(50_000), 'https://x.example/?a&'.repeat(20_000)]) {
      assert.ok(of(text).length <= 20)
    }
  })
})
