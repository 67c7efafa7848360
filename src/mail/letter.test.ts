import assert from 'node:assert/strict'
import { test } from 'node:test'
import { render } from './letter.ts'

const base = 'https://avow.example/o/acme'

test('it writes links in full, in text and in HTML', () => {
  assert.deepEqual(render('Read it:\n\n{link:/track}\n', base), {
    text: 'Read it:\n\nhttps://avow.example/o/acme/track\n',
    html: '<!doctype html><html lang="en"><body><p>Read it:</p><p>'
      + '<a href="https://avow.example/o/acme/track">https://avow.example/o/acme/track</a></p></body></html>',
  })
})

test('it lets no markup of the text through', () => {
  const { html } = render('<img src=x> & {link:javascript:alert(1)} {link:/"><script>}', base)
  assert.ok(!html.includes('<img') && !html.includes('<script') && !html.includes('href="javascript'))
})

test('it keeps the lines of a paragraph', () => {
  assert.match(render('one\ntwo', base).html, /<p>one<br>two<\/p>/)
})
