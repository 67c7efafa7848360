import { readPolicy } from '../policy-text.ts'
import { NotFound } from '../../../lib/errors.ts'
import type { Tx } from '../../../db/tx.ts'
import { standings } from '../../../commitments/index.ts'
import type { Standing } from 'avow-verify'
import type { Entered } from '../../../verbs/form-input.ts'
import { html } from '../../../web/answer.ts'
import type { FieldErrors, Web } from '../../../web/module.ts'
import type { Page } from '../../../web/page.ts'
import { approvalsOf } from '../approvals.ts'
import { approvePolicy } from '../approve-policy.ts'
import { explainCommitment } from '../explain-commitment.ts'
import { findLatestPublished, findOpenVersion, getPolicy, publicationsOf, type Policy } from '../find.ts'
import { publishPolicy } from '../publish-policy.ts'
import { rehearsePolicy } from '../rehearse-policy.ts'
import { setPublication } from '../set-publication.ts'
import { submitPolicy } from '../submit-policy.ts'
import { withdrawPolicy } from '../withdraw-policy.ts'
import { CommitmentDeskPage } from './commitment-desk.tsx'
import { DeskPoliciesPage, type PolicyLine } from './desk-list.tsx'
import { PolicyDeskPage, type CommitmentLine } from './policy-desk.tsx'
import { policyViews } from './policy-view.ts'
import { RehearsalPage } from './rehearsal-page.tsx'

const team = { may: 'policies.read' } as const
const home = (page: Page) => `/desk/policies/${page.param('policy')}`

/** The team's side: what is in force, what is being written, and who is shown which standing. */
export function deskPolicyPages(web: Web): void {
  web.get('/desk/policies', team, async page => {
    const policies = await page.reading(policyLines)
    return <DeskPoliciesPage page={page} policies={policies} mayWrite={page.may('policies.write')} zone={page.zone} />
  })
  web.get('/desk/policies/:policy', team, page => policyDesk(page))
  web.get('/desk/policies/:policy/commitments/:mark', team, page => commitmentDesk(page))

  const done = (said: string) => (_: unknown, page: Page) => { page.say(said); return home(page) }
  web.form(submitPolicy, { at: 'POST /desk/policies/:policy/submission', again: policyDesk, done: done('Submitted. It waits for approval.') })
  web.form(approvePolicy, { at: 'POST /desk/policies/:policy/approval', again: policyDesk, done: done('Approved.') })
  web.form(publishPolicy, { at: 'POST /desk/policies/:policy/publication', again: policyDesk, done: done('Published. The record has it.') })
  web.form(withdrawPolicy, { at: 'POST /desk/policies/:policy/withdrawal', again: policyDesk, done: done('Withdrawn.') })
  web.form(setPublication, { at: 'POST /desk/policies/:policy/commitments', again: policyDesk, done: done('Changed. The record has it.') })
  web.form(rehearsePolicy, {
    at: 'POST /desk/policies/:policy/rehearsal', again: policyDesk,
    done: (result, page) => html(<RehearsalPage page={page} {...result} zone={page.zone} />),
  })
  web.form(explainCommitment, {
    at: 'POST /desk/policies/:policy/commitments/:mark/explanation', again: commitmentDesk,
    done: (_, page) => `${home(page)}/commitments/${page.param('mark')}`,
  })
}

async function policyLines(tx: Tx): Promise<PolicyLine[]> {
  const policies = await tx.db.selectFrom('policies').selectAll().orderBy('slug').execute()
  return Promise.all(policies.map(async policy => {
    const { inForce, open } = await versionsInView(tx, policy)
    const written = open && { version: open.version, state: open.state as 'draft' | 'review' }
    return { slug: policy.slug, title: policy.title, withdrawn: policy.withdrawn_at !== null, inForce, open: written }
  }))
}

async function versionsInView(tx: Tx, policy: Policy) {
  const latest = await findLatestPublished(tx, policy.id)
  const inForce = latest && { version: latest.version, since: latest.in_force_at!.getTime(), body: latest.body }
  return { inForce, open: await findOpenVersion(tx, policy.id) }
}

async function policyDesk(page: Page, input?: Entered, errors?: FieldErrors) {
  const { standings: all } = await standings(page.deps.database, page.organization.id)
  const view = await page.reading(async tx => {
    const policy = await getPolicy(tx, page.param('policy'))
    const { inForce, open } = await versionsInView(tx, policy)
    return {
      slug: policy.slug, title: policy.title, withdrawn: policy.withdrawn_at !== null, inForce, open,
      approvals: open && await approvalsOf(tx, open),
      commitments: await commitmentLines(tx, policy, open?.body ?? inForce?.body ?? '', all),
    }
  })
  const may = { write: page.may('policies.write'), publish: page.may('policies.publish'), approve: page.may('approvals.give') }
  return <PolicyDeskPage page={page} {...view} may={may} zone={page.zone} input={input} errors={errors} />
}

async function commitmentLines(tx: Tx, policy: Policy, body: string, all: readonly Standing[]): Promise<CommitmentLine[]> {
  const publications = await publicationsOf(tx, policy.id)
  return readPolicy(body).commitments.map(({ mark, sentence }) => {
    const shown = publications.get(mark)
    return {
      mark, sentence, standing: all.find(s => s.policy === policy.slug && s.mark === mark),
      publication: shown?.publication ?? 'private', publicFrom: shown?.public_from?.getTime(),
    }
  })
}

async function commitmentDesk(page: Page, input?: Entered, errors?: FieldErrors) {
  const { standings: all } = await standings(page.deps.database, page.organization.id)
  const policy = (await page.reading(tx => policyViews(tx, all))).find(p => p.slug === page.param('policy'))
  const promise = policy?.promises.find(p => p.mark === page.param('mark'))
  if (!policy || !promise) throw new NotFound()
  const mayExplain = page.may('policies.publish')
  return <CommitmentDeskPage page={page} policy={policy} promise={promise} mayExplain={mayExplain} zone={page.zone} input={input} errors={errors} />
}
