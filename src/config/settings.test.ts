import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { readSettings, settingsPage } from './index.ts'

test('it needs no setting at all', () => {
  const settings = readSettings({ PATH: '/bin', AVOW_MAIL_FROM: '' })
  assert.equal(settings.AVOW_URL, 'http://localhost:8080')
  assert.equal(settings.AVOW_DEVELOPMENT, true)
  assert.equal(settings.AVOW_MAIL_FROM, 'avow@localhost')
})

test('it shows no mails to the public where the address is public', () => {
  assert.equal(readSettings({ AVOW_URL: 'https://security.example.org/' }).AVOW_DEVELOPMENT, false)
  assert.equal(readSettings({ AVOW_URL: 'https://security.example.org/' }).AVOW_URL, 'https://security.example.org')
})

test('it names the setting that is wrong', () => {
  assert.throws(() => readSettings({ PORT: 'eighty' }), { name: 'SettingsProblem', message: /The setting PORT \(“eighty”\)/ })
})

test('it refuses a setting that does not exist', () => {
  assert.throws(() => readSettings({ AVOW_TRUST_PROXI: 'yes' }), /no setting called AVOW_TRUST_PROXI/)
})

test('it never repeats a secret', () => {
  assert.throws(() => readSettings({ SMTP_URL: 'hunter2' }), (error: Error) => !error.message.includes('hunter2') && error.message.includes('SMTP_URL'))
})

test('its page of settings is the one in docs/operate', () => {
  const page = readFileSync(new URL('../../docs/operate/settings.md', import.meta.url), 'utf8')
  assert.equal(page, settingsPage(), 'run “npm run docs”')
})
