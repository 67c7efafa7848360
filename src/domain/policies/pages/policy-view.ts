import { inWords, type Standing } from 'avow-verify'
import type { Disclosure } from '../../../commitments/index.ts'
import type { Tx } from '../../../db/tx.ts'
import { explanationsOf, textsInForce, type PolicyInForce } from '../find.ts'
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

/** The policies in force with the standings given, and no others: whoever calls chooses the public's or the team's. */
export async function policyViews(tx: Tx, standings: readonly (Standing & Partial<Disclosure>)[]): Promise<PolicyView[]> {
  return Promise.all((await textsInForce(tx)).map(policy => viewOf(tx, policy, standings.filter(s => s.policy === policy.slug))))
}

async function viewOf(tx: Tx, policy: PolicyInForce & { readonly body: string }, standings: readonly (Standing & Partial<Disclosure>)[]): Promise<PolicyView> {
  const said = await explanationsOf(tx, policy.policyId)
  return {
    slug: policy.slug, title: policy.title, version: policy.version, markdown: policy.body,
    inForceAt: policy.in_force_at.getTime(), textSha256: policy.text_sha256,
    promises: readPolicy(policy.body).commitments.map(({ mark, sentence, rule }) => ({
      mark, sentence, words: inWords(rule),
      shown: standings.find(s => s.mark === mark),
      explanations: said.filter(e => e.mark === mark).map(e => ({ at: e.explained_at.getTime(), text: e.explanation })),
    })),
  }
}
