import { Invalid, NotFound, Refused } from '../../../lib/errors.ts'
import { Button, Field, Form } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import { html, seeOther } from '../../../web/answer.ts'
import type { Answer, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { MePage } from '../me/me-page.tsx'
import { freshSession, ownSession } from '../sessions/own-session.ts'
import { AddAppPage, CodesPage } from './add-app-page.tsx'
import { factorsPage } from './factors-page.tsx'
import { addApp, addPasskey, appToAdd, dropApp, dropPasskey, renewCodes } from './own-factors.ts'
import { questionToAdd } from './passkey-questions.ts'
import { listPasskeys, renamePasskey } from './passkeys.ts'
import { beginApp } from './totp.ts'

const own = { may: 'account.own' } as const
const home = '/me/factors'

/** One's own second factors. Whatever changes them asks for the one that is there first. */
export function factorPages(web: Web): void {
  web.get(home, own, (page) => factorsPage(page))
  web.post('/me/factors/app', own, orAgain(beginAddingApp))
  web.post('/me/factors/app/code', own, orAgain(finishAddingApp))
  web.post('/me/factors/app/removal', own, orAgain(async (page) => gone(page, dropApp(page, await freshSession(page)), 'The app is removed.')))
  web.post('/passkeys/add', own, async (page) => Response.json(await questionToAdd(page, (await freshSession(page)).account)))
  web.post('/me/factors/passkeys', own, orAgain(addNamedPasskey))
  web.get('/me/factors/passkeys/:passkey', own, namePage)
  web.post('/me/factors/passkeys/:passkey', own, orAgain(rename))
  web.post('/me/factors/passkeys/:passkey/removal', own, orAgain(async (page) =>
    gone(page, dropPasskey(page, await freshSession(page), page.param('passkey')), 'The passkey is removed.')))
  web.post('/me/factors/codes', own, orAgain(async (page) => <CodesPage page={page} codes={await renewCodes(page, await freshSession(page))} />))
}

async function beginAddingApp(page: Page) {
  const { account } = await freshSession(page)
  await page.deps.database.write(page.organization.id, (tx) => beginApp(tx, account))
  return (await addingPage(page))!
}

async function finishAddingApp(page: Page, input: Entered) {
  try {
    return kept(page, await addApp(page, await freshSession(page), textOf(input, 'code')), 'The app is added.')
  } catch (error) {
    const again = error instanceof Invalid && await addingPage(page, error)
    if (again) return html(again, 422)
    throw error
  }
}

async function addingPage(page: Page, wrong?: Invalid) {
  const { account } = await ownSession(page)
  const app = await page.reading((tx) => appToAdd(tx, page, account))
  return app && <AddAppPage page={page} app={app} errors={wrong?.fields ?? {}} />
}

async function addNamedPasskey(page: Page, input: Entered) {
  return kept(page, await addPasskey(page, await freshSession(page), textOf(input, 'passkey'), nameIn(input)), 'The passkey is added.')
}

/** Recovery codes come with the first factor; a reload does not bring them again. */
function kept(page: Page, codes: readonly string[], said: string): Answer {
  if (codes.length > 0) return <CodesPage page={page} codes={codes} />
  page.say(said)
  return seeOther(page, home)
}

async function namePage(page: Page) {
  const { account } = await ownSession(page)
  const passkey = (await page.reading((tx) => listPasskeys(tx, account))).find(({ id }) => id === page.param('passkey'))
  if (!passkey) throw new NotFound()
  return (
    <MePage page={page} title={`Rename ${passkey.name}`}>
      <Form to={`/me/factors/passkeys/${passkey.id}`}>
        <Field name="name" label="Name" value={passkey.name} maxlength={100} />
        <Button>Rename it</Button>
      </Form>
    </MePage>
  )
}

async function rename(page: Page, input: Entered) {
  const { account } = await ownSession(page)
  const found = await page.deps.database.write(page.organization.id, (tx) => renamePasskey(tx, account, page.param('passkey'), nameIn(input)))
  if (!found) throw new NotFound()
  return seeOther(page, home)
}

function nameIn(input: Entered): string {
  const name = textOf(input, 'name').trim()
  if (name === '' || name.length > 100) throw new Invalid({ name: 'Give it a name of at most 100 characters.' })
  return name
}

async function gone(page: Page, dropping: Promise<void>, said: string): Promise<Response> {
  await dropping
  page.say(said)
  return seeOther(page, home)
}

type Post = (page: Page, input: Entered) => Answer | Promise<Answer>

/** What is refused draws the page again, with the sentence. */
const orAgain = (post: Post): Post => async (page, input) => {
  try { return await post(page, input) } catch (error) {
    const errors = error instanceof Invalid ? error.fields : error instanceof Refused ? { '': error.message } : null
    if (!errors) throw error
    return html(factorsPage(page, errors), 422)
  }
}
