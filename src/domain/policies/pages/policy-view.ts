import { inWords, type Standing } from 'avow-verify'
import type { Tx } from '../../../db/tx.ts'
import { explanationsOf, policiesInForce, publicationsOf, type PolicyInForce } from '../find.ts'
import { readPolicy } from '../policy-text.ts'
import type { PromiseView } from './promise.ts'

/** A policy in force with all that its page shows. */
export interface PolicyView {
  readonly slug: string
  readonly title: string
  readonly version: number
  readonly markdown: string
  readonly inForceAt: number
  /** Hash of the text as it stands in the ledger, in hex. */
  readonly textSha256: string
  readonly promises: readonly PromiseView[]
}

/** Who looks: the public sees what is published for it, the team everything. */
export type Eyes = 'public' | 'team'

/** The policies in force, with the standings that these eyes may see. */
export async function policyViews(tx: Tx, standings: readonly Standing[], eyes: Eyes): Promise<PolicyView[]> {
  const policies = await policiesInForce(tx)
  return Promise.all(policies.map(policy => viewOf(tx, policy, standings.filter(s => s.policy === policy.slug), eyes)))
}

async function viewOf(tx: Tx, policy: PolicyInForce, standings: readonly Standing[], eyes: Eyes): Promise<PolicyView> {
  const [publications, said] = [await publicationsOf(tx, policy.policyId), await explanationsOf(tx, policy.policyId)]
  const isPublic = (mark: string) => {
    const from = publications.get(mark)?.public_from
    return from != null && from.getTime() <= tx.now.epochMilliseconds
  }
  return {
    slug: policy.slug, title: policy.title, version: policy.version, markdown: policy.body,
    inForceAt: policy.in_force_at.getTime(), textSha256: policy.text_sha256,
    promises: readPolicy(policy.body).commitments.map(({ mark, sentence, rule }) => ({
      mark, sentence, words: inWords(rule),
      shown: eyes === 'team' || isPublic(mark) ? standings.find(s => s.mark === mark) : undefined,
      explanations: said.filter(e => e.mark === mark).map(e => ({ at: e.explained_at.getTime(), text: e.explanation })),
    })),
  }
}
