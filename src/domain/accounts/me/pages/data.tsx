import { demandConfirmed } from '../../../../access/may.ts'
import { Refused } from '../../../../lib/errors.ts'
import { Button, ButtonLink, Checkbox, ErrorSummary, Form } from '../../../../ui/index.ts'
import { textOf } from '../../../../verbs/form-input.ts'
import { html, seeOther } from '../../../../web/answer.ts'
import { download } from '../../../../web/download.ts'
import type { FieldErrors, Web } from '../../../../web/module.ts'
import type { Page } from '../../../../web/page.ts'
import { signOut } from '../../sessions/enter.ts'
import { ownSession } from '../../sessions/own-session.ts'
import { eraseAccount } from '../erase-account.ts'
import { exportOwnData } from '../export-own-data.ts'
import { MePage } from '../me-page.tsx'

const own = { may: 'account.own' } as const

/** What is kept about oneself: to take along, and to have erased. */
export function dataPages(web: Web): void {
  web.get('/me/data', own, (page) => <DataPage page={page} errors={{}} />)
  web.get('/me/data.json', own, async (page) => {
    const data = await page.read(exportOwnData, {})
    return download('my-data.json', 'application/json', `${JSON.stringify(data, null, 2)}\n`)
  })
  web.post('/me/data/erasure', own, async (page, input) => {
    if (textOf(input, 'sure') === '') return again(page, { sure: 'Tick that you want it.' })
    demandConfirmed(page.actor, 'erasing your account')
    return erase(page)
  })
}

async function erase(page: Page) {
  const { account } = await ownSession(page)
  try {
    await eraseAccount(page.deps.database, account.id)
  } catch (error) {
    if (error instanceof Refused) return again(page, { '': error.message })
    throw error
  }
  await signOut(page)
  page.say('Your account is erased.')
  return seeOther(page, '/')
}

const again = (page: Page, errors: FieldErrors) => html(<DataPage page={page} errors={errors} />, 422)

const DataPage = ({ page, errors }: { page: Page; errors: FieldErrors }) => (
  <MePage page={page} title="Your data" lead="What is kept about you is yours: to see, to take along, and to have erased.">
    <ErrorSummary errors={errors} />
    <section class="sheet stack" aria-labelledby="take">
      <h2 id="take">Take it along</h2>
      <p>One JSON file: your account, how and when you signed in, what was noticed about it, and every entry that you made or that is about you here.</p>
      <p><ButtonLink href={page.at('/me/data.json')} look="second">Download my data</ButtonLink></p>
    </section>
    <section class="sheet stack" aria-labelledby="erase">
      <h2 id="erase">Erase my account</h2>
      <p>You leave {page.organization.name} and every other organisation here. Your sessions, your second factors and the keys that you made end at once.</p>
      <p>
        Your name, your address and what was recorded about how you sign in can never be read again. That something was done, and when, stays in the
        ledger under a number that nobody can lead back to you: others have to be able to prove it. Copies in backups end with the backups.
      </p>
      <Form to="/me/data/erasure">
        <Checkbox name="sure" label="Erase my account for good" error={errors['sure']} />
        <Button look="danger">Erase my account</Button>
      </Form>
    </section>
  </MePage>
)
