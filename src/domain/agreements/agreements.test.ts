import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { readZip, verifyReceipt, verifySample } from 'avow-verify'
import { createAccount } from '../../access/accounts.ts'
import type { Actor, Member } from '../../access/actor.ts'
import { addMember } from '../../access/memberships.ts'
import { append, contentFor, factsOf, receiptFor, sequenceAll } from '../../ledger/index.ts'
import { listSigningKeys, verifierKeyOf } from '../../ledger/signing-keys.ts'
import { listMails } from '../../mail/index.ts'
import { stageAttachment } from '../../seal/attachments.ts'
import { world, type World } from '../../../test/support/world.ts'
import { personJoined } from '../accounts/index.ts'
import { approvals } from '../approvals/index.ts'
import { listApprovals } from '../approvals/waiting.ts'
import { exampleText, readAgreement } from './agreement.ts'
import { agreements } from './index.ts'
import { listPeopleDuties } from '../obligations/list-duties.ts'
import { drawSample } from '../samples/draw-sample.ts'
import { fixPopulation } from '../samples/fix-population.ts'
import { sampleZip } from '../samples/sample-zip.ts'
import { listAgreementsQuery, listMyAgreements, readingOf } from './list-agreements.ts'
import { publishAgreement, withdrawAgreement } from './publish-agreement.ts'
import { isName, signAgreement } from './sign-agreement.ts'
import { bringCopy, confirmCopy, rejectCopy } from './signed-copy.ts'

const text = '# Keep it quiet\n\nYou keep it quiet.\n'
const sha256 = (of: string) => createHash('sha256').update(of).digest('hex')

describe('an agreement', () => {
  let w: World
  let lea: Member
  let ann: Member
  before(async () => {
    w = await world()
    assert.ok(approvals && agreements)
    lea = await member('Léa Müller-Ørsted', ['member'])
    ann = await member('Ann', ['admin'])
  })
  after(() => w.close())

  async function member(personName: string, roles: Member['roles']): Promise<Member> {
    const accountId = await w.write(async (tx) => {
      const id = await createAccount(tx.db, tx.keyring, { name: personName, address: `${sha256(personName).slice(0, 8)}@example.org` }, null)
      await addMember(tx, id, roles)
      return id
    })
    return { kind: 'member', accountId, personName, roles, confirmed: true }
  }

  const publish = (input: object) => w.as(ann).run(publishAgreement, { agreement: 'quiet', text, confidentiality: true, ...input })
  const sign = (who: Actor, input: object = {}) =>
    w.as(who).run(signAgreement, { agreement: 'quiet', text_sha256: sha256(text), name: 'Léa Müller-Ørsted', agreed: true, ...input })
  const mine = async (who: Member) => (await w.as(who).ask(listMyAgreements, {})).agreements
    .map(({ agreement, version, signed_at }) => [agreement, version, signed_at !== null])
  const states = async () => (await w.as('auditor').ask(listAgreementsQuery, {})).agreements
    .flatMap(({ agreement, people }) => people.map(({ person, state }) => `${agreement} ${person === lea.accountId ? 'Léa' : 'Ann'} ${state}`))
  const upload = (content: string) => stageAttachment(w.database, w.organization.id, { name: 'signed.pdf', type: 'application/pdf' },
    (async function* () { yield Buffer.from(content) })())

  it('comes with an example, which asks for a lawyer and is not published while it has gaps', async () => {
    const { title, problems } = readAgreement(exampleText())
    assert.equal(title, 'Confidentiality agreement')
    assert.match(problems[0]!.message, /lawyer/)
    await assert.rejects(publish({ text: exampleText() }),
      (error: { fields?: Record<string, string> }) => /Line 4: Still to be filled in/.test(error.fields?.['text'] ?? ''))
    assert.deepEqual(readAgreement(exampleText().replaceAll(/\[fill in: [^\]]*\]/g, 'Harbourlight')).problems, [])
    await assert.rejects(publish({ text: 'No heading' }),
      { fields: { text: 'Line 1: Begin with a heading: “# Confidentiality agreement”. It is the agreement’s title.' } })
  })

  it('is asked of everybody, or by role and country, with one letter', async () => {
    await publish({})
    assert.deepEqual((await w.read(listMails)).map(({ subject }) => subject), ['An agreement to sign', 'An agreement to sign'])
    assert.deepEqual(await states(), ['quiet Léa to sign', 'quiet Ann to sign'])
    await publish({ agreement: 'inventions', text: '# Inventions\n\nThey are ours.', confidentiality: false, roles: ['member'], countries: 'de, fr' })
    assert.deepEqual(await mine(lea), [['inventions', 1, false], ['quiet', 1, false]], 'where she works nobody has said')
    const worksIn = (country: string) => w.write((tx) => tx.db.updateTable('people').set({ country }).where('account_id', '=', lea.accountId).execute())
    await worksIn('CH')
    assert.deepEqual(await mine(lea), [['quiet', 1, false]])
    await worksIn('FR')
    assert.deepEqual(await mine(lea), [['inventions', 1, false], ['quiet', 1, false]])
    assert.deepEqual(await mine(ann), [['quiet', 1, false]])
    await assert.rejects(sign(ann, { agreement: 'inventions', name: 'Ann', text_sha256: sha256('# Inventions\n\nThey are ours.') }), { code: 'not_found' })
    await assert.rejects(publish({ countries: 'Germany' }), { fields: { countries: 'Write two letters for each country: DE, FR.' } })
    await assert.rejects(publish({ confidentiality: false }), { code: 'agreement_is_another' })
  })

  it('is one of the things that people owe in person, by two weeks after it was asked', async () => {
    const { columns, lines } = await w.as('auditor').ask(listPeopleDuties, {})
    const of = (name: string) => lines.find((line) => line.name === name)!.cells
    const key = (title: string) => columns.find((column) => column.title === title)!.key
    assert.equal(of('Ann')[key('Keep it quiet')]!.state, 'due')
    assert.equal(of('Ann')[key('Inventions')], undefined, 'asked of members, in two countries')
    assert.equal(of(lea.personName)[key('Inventions')]!.state, 'due')
  })

  it('takes the text that was read, whole, in its newest version, and no other', async () => {
    await assert.rejects(sign(lea, { text_sha256: sha256('another text') }), { code: 'agreement_changed' })
    await assert.rejects(sign(lea, { agreed: false }), { fields: { agreed: 'Tick that you have read it and agree.' } })
    await publish({ text: text + '\nAlways.\n' })
    await assert.rejects(sign(lea), { code: 'agreement_changed' })
    await publish({})
    assert.deepEqual((await mine(lea))[1], ['quiet', 3, false])
  })

  it('takes the signature of the person themself, with their second factor, and no key’s', async () => {
    await assert.rejects(sign({ ...lea, confirmed: false }), { code: 'confirmation_needed' })
    await assert.rejects(sign(lea, { name: 'Ann' }), { fields: { name: 'Type your name as it stands here: Léa Müller-Ørsted.' } })
    await assert.rejects(sign({ kind: 'machine', keyId: lea.accountId, roles: ['member'], verbs: ['agreement.sign'] }), { code: 'people_only' })
    for (const typed of ['lea muller orsted', 'LÉA MÜLLER-ØRSTED', '  Léa  Müller Ørsted ']) assert.ok(isName(typed, lea.personName), typed)
    for (const typed of ['', ' - ', 'Lea', 'Lea Muller', 'Leo Müller-Ørsted']) assert.ok(!isName(typed, lea.personName), typed)
  })

  it('is signed once, with the text’s hash and the name as it was typed; its receipt proves it without us', async () => {
    const { entry } = await sign(lea, { name: 'lea muller orsted' })
    await assert.rejects(sign(lea), { code: 'already_signed' })
    assert.deepEqual(await w.read((tx) => factsOf(tx, entry)), {
      agreement: 'quiet', title: 'Keep it quiet', version: 3, text_sha256: sha256(text), signed_as: 'lea muller orsted', note: '', reference: '',
    })
    await sequenceAll(w.database, w.organization.id)
    const files = await w.read(async (tx) => ({ receipt: (await receiptFor(tx, entry))!, content: await contentFor(tx, entry) }))
    const trust = { keys: (await w.read((tx) => listSigningKeys(tx, 'log'))).map(verifierKeyOf), witnesses: [] }
    const { ok, faults, entry: proven } = await verifyReceipt(files, trust)
    assert.deepEqual([ok, faults, proven?.kind, proven?.marks['vouch']], [true, [], 'nda.signed', 'both'])
    const forged = { ...files, content: files.content.replace(sha256(text), sha256('another text')) }
    assert.equal((await verifyReceipt(forged, trust)).ok, false)
  })

  it('binds whoever signed to the text that they read, whatever is published later', async () => {
    await publish({ text: text + '\nAnd longer.\n' })
    assert.deepEqual((await mine(lea)).at(-1), ['quiet', 4, true])
    assert.equal((await w.read((tx) => readingOf(tx, lea, 'quiet'))).text, text)
  })

  it('counts from a file when somebody else has looked at it, and not before', async () => {
    const bring = async (content: string, who: Actor = ann) =>
      w.as(who).run(bringCopy, { agreement: 'quiet', person: ann.accountId, file: (await upload(content)).id, signed_on: '2026-01-02' })
    await assert.rejects(w.as(ann).run(bringCopy, { agreement: 'quiet', person: ann.accountId, file: (await upload('x')).id, signed_on: '2026-02-01' }),
      { fields: { signed_on: 'This day has not come yet.' } })
    const { signature: wrong } = await bring('the wrong file')
    await w.as('admin').run(rejectCopy, { signature: wrong })
    const { signature } = await bring('the signed file')
    assert.ok((await states()).includes('quiet Ann file to be confirmed'))
    assert.equal((await w.as(ann).ask(listApprovals, {})).copies[0]!.yours, true)
    await assert.rejects(w.as(ann).run(confirmCopy, { signature }), { code: 'second_person_needed' })
    await assert.rejects(w.as({ ...lea, confirmed: true }).run(confirmCopy, { signature }), { code: 'forbidden' })
    const { entry } = await w.as('deputy').run(confirmCopy, { signature })
    assert.deepEqual(await w.read((tx) => factsOf(tx, entry)), { agreement: 'quiet', file_sha256: sha256('the signed file'), note: '', reference: '' })
    await assert.rejects(w.as('admin').run(confirmCopy, { signature }), { code: 'already_signed' })
    await assert.rejects(bring('again'), { code: 'already_signed' })
    assert.ok((await states()).includes('quiet Ann signed'))
  })

  it('puts its certificates into an auditor’s sample, each by its hash', async () => {
    const auditor = w.as('auditor')
    const { sample } = await auditor.run(fixPopulation, { of: 'person.joined', from: '2026-01-01', to: '2026-12-31', size: 2 })
    await sequenceAll(w.database, w.organization.id)
    await auditor.run(drawSample, { sample })
    await sequenceAll(w.database, w.organization.id)
    const zip = async () => Buffer.concat(await Array.fromAsync(
      await sampleZip({ database: w.database, organizationId: w.organization.id, actor: auditor.actor }, sample)))
    const trust = { keys: (await w.read((tx) => listSigningKeys(tx, 'log'))).map(verifierKeyOf), witnesses: [] }
    const first = await zip()
    const { ok, faults, checked } = await verifySample(first, trust)
    assert.deepEqual([ok, faults, checked?.subjects], [true, [], 2])
    assert.equal([...readZip(first).keys()].filter((name) => name.endsWith('quiet-certificate.pdf')).length, 2)
    assert.deepEqual(await zip(), first, 'the same bytes whenever it is put together')
  })

  it('is asked of whoever joins later, with a letter of their own', async () => {
    const cem = await member('Cem', ['member'])
    const letters = async () => (await w.read((tx) => listMails(tx))).filter(({ address, subject }) =>
      subject === 'An agreement to sign' && address === `${sha256('Cem').slice(0, 8)}@example.org`).length
    assert.equal(await letters(), 0)
    await w.write((tx) => append(tx, personJoined, { subjects: { person: cem.accountId }, marks: {}, facts: { roles: ['member'], invited_by: null } }))
    assert.equal(await letters(), 1)
    assert.deepEqual(await mine(cem), [['inventions', 1, false], ['quiet', 4, false]])
  })

  it('is asked of nobody any more when it is withdrawn; what was signed stays signed', async () => {
    await w.as(ann).run(withdrawAgreement, { agreement: 'quiet' })
    assert.deepEqual((await w.as('auditor').ask(listAgreementsQuery, {})).agreements.map(({ agreement }) => agreement), ['inventions'])
    assert.deepEqual(await mine(ann), [['quiet', 4, true]])
    assert.equal((await w.read((tx) => readingOf(tx, lea, 'quiet'))).text, text, 'and can be read, with its certificate')
    const late = await member('Max', ['member'])
    await assert.rejects(sign(late, { name: 'Max', text_sha256: sha256(text) }), { code: 'not_found' })
    await publish({})
    assert.deepEqual(await mine(ann), [['quiet', 5, true]])
  })
})
