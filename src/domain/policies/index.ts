import type { Module } from '../../web/module.ts'
import { adoptPolicy, proposePolicy } from './adopt-policy.ts'
import { approvePolicy } from './approve-policy.ts'
import { checkPolicyQuery } from './check-policy.ts'
import { draftPolicy } from './draft-policy.ts'
import { explainCommitment } from './explain-commitment.ts'
import './kinds.ts'
import { policyPages } from './pages/index.ts'
import { publishPolicy } from './publish-policy.ts'
import { diffPolicyQuery, listPoliciesQuery, readPolicyQuery } from './read-policy.ts'
import { rehearsePolicy } from './rehearse-policy.ts'
import { setPublication } from './set-publication.ts'
import { submitPolicy } from './submit-policy.ts'
import './sampled.ts'
import './tables.ts'
import { withdrawPolicy } from './withdraw-policy.ts'

/**
 * Policies: Markdown in versions, whose footnotes are the rules by which each promised sentence is judged.
 * What may never happen: a published version changes; a version takes force that was not approved, in the past, or with a rule that
 * cannot be read; a standing is shown to somebody for whom it was not meant.
 */
export const policies: Module = {
  name: 'policies',
  verbs: [draftPolicy, adoptPolicy, submitPolicy, approvePolicy, rehearsePolicy, publishPolicy, withdrawPolicy, setPublication, explainCommitment],
  queries: [checkPolicyQuery, proposePolicy, readPolicyQuery, listPoliciesQuery, diffPolicyQuery],
  pages: policyPages,
}

export { approvePolicy } from './approve-policy.ts'
export { versionsUnderReview } from './approvals.ts'
export { checkPolicy, type Check, type CheckedPromise } from './check.ts'
export { knownKinds } from './check-policy.ts'
export { importPolicy, type Import } from './import/import-policy.ts'
export type { Proposal } from './import/propose.ts'
export { newestPolicies, policiesInForce, policyInForce, versionsOf, publicationsOf, type PolicyInForce, type PolicyVersion } from './find.ts'
export { readPolicy, type PolicyDocument } from './policy-text.ts'
export { readPromises, type Promises } from './promised.ts'
