import type { z } from 'zod'
import type { Actor } from '../access/actor.ts'
import type { Database } from '../db/database.ts'

/** What a job has in hand. It looks outside if it must, then calls a verb or writes through `database`. */
export interface JobWork {
  readonly database: Database
  readonly actor: Actor
  /** Aborted when the worker has to stop; what was begun is tried again later. */
  readonly signal: AbortSignal
}

export interface OrganizationWork extends JobWork { readonly organizationId: string }

/** Ids, numbers, yes and no, one of a few words: never what people wrote or who they are, because queued jobs are not sealed. */
export type Payload = z.ZodObject<Record<string, z.ZodUUID | z.ZodInt | z.ZodBoolean | z.ZodEnum>>

interface Declared<P extends Payload, W> {
  /** `mail.send`: noun, dot, verb. Stored with queued jobs, so never renamed. */
  readonly name: string
  readonly payload: P
  /** Crontab fields in UTC. A job of organisations then runs once for each of them, with an empty payload. */
  readonly every?: string
  /**
   * An error sends the job back to the queue, 25 times within about three days, with growing pauses. Its message is stored
   * with the job: no personal data in it.
   */
  run(work: W, payload: z.output<P>): Promise<void>
}

export type OrganizationJob<P extends Payload = Payload> = Declared<P, OrganizationWork> & { readonly of: 'organization' }
export type DeploymentJob<P extends Payload = Payload> = Declared<P, JobWork> & { readonly of: 'deployment' }
export type Job = OrganizationJob<any> | DeploymentJob<any>

/** Work done later, for one organisation. Queued by `enqueue` in the transaction that calls for it, or by the clock. */
export const job = <P extends Payload>(declared: Declared<P, OrganizationWork>): OrganizationJob<P> => ({ of: 'organization', ...declared })

/** Housekeeping of the whole deployment, run by the clock. */
export const deploymentJob = <P extends Payload>(declared: Declared<P, JobWork>): DeploymentJob<P> => ({ of: 'deployment', ...declared })
