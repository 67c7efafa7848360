import { demandMember } from '../../../access/may.ts'
import { certificate, contentDownload, factsOf, receiptDownload } from '../../../ledger/index.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Entered } from '../../../verbs/form-input.ts'
import { attachmentDownload } from '../../../web/download.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { identitiesOf, listPeople, namesOfPeople } from '../../people/index.ts'
import { agreementTexts, exampleText, getSignature, type Signature } from '../agreement.ts'
import { listAgreementsQuery, listMyAgreements, readingOf } from '../list-agreements.ts'
import { publishAgreement, withdrawAgreement } from '../publish-agreement.ts'
import { signAgreement } from '../sign-agreement.ts'
import { bringCopy, ownerOfCopy } from '../signed-copy.ts'
import { paperOf, type SignedFacts } from './certificate.ts'
import { AgreementOnDesk, AgreementsPage, ExamplePage } from './desk-agreements.tsx'
import { MyAgreementsPage, SignPage } from './my-agreements.tsx'

const own = { may: 'own.do' } as const
const read = { may: 'people.read' } as const

export function agreementPages(web: Web): void {
  web.get('/me/agreements', own, async (page) => <MyAgreementsPage page={page} {...await page.read(listMyAgreements, {})} />)
  web.get('/me/agreements/:agreement', own, (page) => signPage(page))
  web.form(signAgreement, { at: 'POST /me/agreements/:agreement', again: signPage, done: ({ agreement }) => `/me/agreements/${agreement}` })
  papers(web, '/me/agreements/:agreement', own, async (page) => (await mine(page)).signed)
  deskPages(web)
}

function deskPages(web: Web): void {
  web.get('/desk/agreements', read, (page) => deskPage(page))
  web.form(publishAgreement, { at: 'POST /desk/agreements', again: publishedAgain, done: ({ agreement }) => `/desk/agreements/${agreement}` })
  web.get('/desk/agreements/new', { may: 'people.manage' }, (page) => examplePage(page))
  web.get('/desk/agreements/:agreement', read, (page) => onDesk(page))
  web.form(withdrawAgreement, { at: 'POST /desk/agreements/:agreement/end', again: onDesk, done: () => '/desk/agreements' })
  web.form(bringCopy, { at: 'POST /desk/agreements/:agreement/copies', again: onDesk, done: (_, page) => {
    page.say('It counts when somebody else has looked at it. They have been told.')
    return `/desk/agreements/${page.param('agreement')}`
  } })
  papers(web, '/desk/agreements/signatures/:signature', read, (page) => page.reading((tx) => getSignature(tx, page.param('signature'))))
  web.get('/desk/agreements/signatures/:signature/file', read, copyDownload)
}

/** The file that somebody signed elsewhere: for auditors, and for the second person. */
export async function copyDownload(page: Page): Promise<Response> {
  const { id, attachment_id: file } = await page.reading((tx) => getSignature(tx, page.param('signature')))
  if (!file) throw new NotFound()
  return attachmentDownload(page, ownerOfCopy(id), file)
}

type Find = (page: Page) => Promise<Signature | null>

/** The certificate of a signature, and the two files that prove it. */
function papers(web: Web, path: string, rule: typeof own | typeof read, find: Find): void {
  const signed = async (page: Page) => {
    const found = await find(page)
    if (!found?.entry_id) throw new NotFound('There is a certificate only for what was signed.')
    return { ...found, entry_id: found.entry_id }
  }
  web.get(`${path}/certificate`, rule, async (page) => paper(page, await signed(page)))
  web.get(`${path}/receipt`, rule, async (page) => receiptDownload(page, 'signature', (await signed(page)).entry_id))
  web.get(`${path}/content`, rule, async (page) => contentDownload(page, 'signature', (await signed(page)).entry_id))
}

async function paper(page: Page, signature: Signature & { entry_id: string }) {
  const { entry_id: entryId, person_id: person } = signature
  const facts = await page.reading((tx) => factsOf<SignedFacts>(tx, entryId))
  const name = await page.reading((tx) => namesOfPeople(tx, [person]))
  return certificate(page, { entryId, ...paperOf(signature, facts, name(person)) })
}

const mine = (page: Page) => page.reading((tx) => readingOf(tx, page.actor, page.param('agreement')))

const signPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <SignPage page={page} reading={await mine(page)} name={demandMember(page.actor).personName} input={input} errors={errors} />

const deskPage = async (page: Page, input: Entered = {}, errors: FieldErrors = {}) =>
  <AgreementsPage page={page} {...await page.read(listAgreementsQuery, {})} input={input} errors={errors} />

/** What was refused comes back where it was written: on the page of the agreement, or of a new one. */
async function publishedAgain(page: Page, input: Entered, errors: FieldErrors) {
  const { agreements } = await page.read(listAgreementsQuery, {})
  return agreements.some(({ agreement }) => agreement === input['agreement'])
    ? onDesk(page, input, errors, String(input['agreement'])) : examplePage(page, input, errors)
}

const examplePage = (page: Page, input: Entered = { agreement: 'confidentiality', text: exampleText(), confidentiality: 'yes' }, errors: FieldErrors = {}) =>
  <ExamplePage page={page} input={input} errors={errors} />

async function onDesk(page: Page, input: Entered = {}, errors: FieldErrors = {}, slug = page.param('agreement')) {
  const { agreements } = await page.read(listAgreementsQuery, {})
  const found = agreements.find(({ agreement }) => agreement === slug)
  if (!found) throw new NotFound()
  const { text, identity } = await page.reading(async (tx) => ({
    text: (await agreementTexts.get(tx, slug)).body, identity: await identitiesOf(tx, await listPeople(tx)),
  }))
  return <AgreementOnDesk page={page} agreement={found} text={text} nameOf={(person) => identity(person).name} input={input} errors={errors} />
}
