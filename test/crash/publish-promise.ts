import type { Database } from '../../src/db/database.ts'
import type { Actor } from '../../src/access/actor.ts'
import { approvePolicy } from '../../src/domain/policies/approve-policy.ts'
import { draftPolicy } from '../../src/domain/policies/draft-policy.ts'
import { publishPolicy } from '../../src/domain/policies/publish-policy.ts'
import { rehearsePolicy } from '../../src/domain/policies/rehearse-policy.ts'
import { setPublication } from '../../src/domain/policies/set-publication.ts'
import { submitPolicy } from '../../src/domain/policies/submit-policy.ts'
import { configureStream, sequenceAll } from '../../src/ledger/index.ts'
import { runVerb } from '../../src/verbs/run.ts'
import type { Verb } from '../../src/verbs/verb.ts'

const text = `# Security

We acknowledge every report within one week.[^ack]

[^ack]: Every \`report.received\` is followed by \`report.acknowledged\` within 7 days.
`

export interface Publishing {
  /** The policy, with one promise whose mark is `ack`. */
  readonly promise?: string
  /** Until its entries have their places, where a sequencer is at work already. */
  settle?(): Promise<unknown>
}

/** One promise with a public standing that rests on every report, and reports open at once, so that an outsider can recompute it. */
export async function publishPromise(
  database: Database, organizationId: string, { promise = text, settle = () => sequenceAll(database, organizationId) }: Publishing = {},
): Promise<void> {
  const actor: Actor = { kind: 'system', job: 'crash-test' }
  const run = (verb: Verb<any>, input: object) => runVerb({ database }, verb, actor, organizationId, { policy: 'security', ...input })
  await database.write(organizationId, (tx) => configureStream(tx, 'disclosure', { opens: 'at-once', delayDays: 0 }))
  await run(draftPolicy, { text: promise })
  for (const verb of [submitPolicy, approvePolicy, rehearsePolicy] as Verb<any>[]) await run(verb, {})
  await run(setPublication, { marks: ['ack'], publication: 'public' })
  await run(publishPolicy, {})
  await settle()
}
