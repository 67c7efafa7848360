import { NotFound } from '../../../lib/errors.ts'
import { DeskLayout, PageHead } from '../../../ui/index.ts'
import { textOf, type Entered } from '../../../verbs/form-input.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { checkPolicy } from '../check.ts'
import { checkedHere } from '../check-policy.ts'
import { draftPolicy } from '../draft-policy.ts'
import { findLatestPublished, findOpenVersion, getPolicy, policyInForce } from '../find.ts'
import { Changes } from './policy-pages.tsx'
import { DraftPage } from './draft-page.tsx'

const writers = { may: 'policies.write' } as const

/** Where a version is written. */
export function draftPages(web: Web): void {
  web.get('/desk/new-policy', writers, async page => draftPage(page, await emptyDraft(page)))
  web.get('/desk/policies/:policy/draft', writers, async page => draftPage(page, await startingPoint(page)))
  web.get('/desk/policies/:policy/changes', { may: 'policies.read' }, openChanges)
  // What the text would mean, drawn again and kept nowhere.
  web.post('/desk/policy-reading', writers, draftPage)
  const again = (page: Page, input: Entered, errors: FieldErrors) => draftPage(page, { ...input, ...page.params }, errors)
  const done = ({ policy, version }: { policy: string; version: number }, page: Page) => {
    page.say(`Version ${version} is saved as a draft.`)
    return `/desk/policies/${policy}`
  }
  web.form(draftPolicy, { at: 'POST /desk/policies', again, done })
  web.form(draftPolicy, { at: 'POST /desk/policies/:policy/draft', again, done })
}

/** The first policy is the one that reports are judged by, unless told otherwise. */
async function emptyDraft(page: Page): Promise<Entered> {
  const first = await page.reading(async tx => await policyInForce(tx) === null)
  return { text: `# Security at ${page.organization.name}\n\n`, version: '1', ...(first ? { governs_reports: 'yes' } : {}) }
}

async function draftPage(page: Page, input: Entered, errors?: FieldErrors) {
  const slug = page.params.policy ?? (textOf(input, 'saved') || undefined)
  const reading = checkPolicy(textOf(input, 'text'), await page.reading(checkedHere))
  return <DraftPage page={page} slug={slug} version={Number(textOf(input, 'version')) || 1} input={input} errors={errors} reading={reading} />
}

/** The open version, or a copy of the one in force. */
const startingPoint = (page: Page): Promise<Entered> => page.reading(async tx => {
  const policy = await getPolicy(tx, page.param('policy'))
  const open = await findOpenVersion(tx, policy.id)
  const before = await findLatestPublished(tx, policy.id)
  const ticked = { ...(open?.significant ? { significant: 'yes' } : {}), ...(policy.governs_reports ? { governs_reports: 'yes' } : {}) }
  return open
    ? { text: open.body, summary: open.summary, version: String(open.version), ...ticked }
    : { text: before?.body ?? '', version: String((before?.version ?? 0) + 1), ...ticked }
})

/** What the open version changes in the text that is in force. */
async function openChanges(page: Page) {
  const { policy, open, before } = await page.reading(async tx => {
    const policy = await getPolicy(tx, page.param('policy'))
    return { policy, open: await findOpenVersion(tx, policy.id), before: await findLatestPublished(tx, policy.id) }
  })
  if (!open || !before) throw new NotFound()
  return (
    <DeskLayout page={page} title="What changes">
      <PageHead title={`What version ${open.version} changes`} lead={open.summary}
        trail={<a href={page.at(`/desk/policies/${policy.slug}`)}>{policy.title}</a>} />
      <Changes before={before.body} after={open.body} />
    </DeskLayout>
  )
}
