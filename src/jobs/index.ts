/**
 * Work that is done later: queued in the transaction that calls for it, run by any node, tried again when it fails.
 * A queued job never carries what people wrote or who they are.
 */
export { verbJob, writeJob } from './clockwork.ts'
export { enqueue, enqueueEach, type When } from './enqueue.ts'
export { sealingJobs } from './housekeeping.ts'
export { deploymentJob, job, type DeploymentJob, type Job, type JobWork, type OrganizationJob, type OrganizationWork } from './job.ts'
export { startWorker, type Worker, type WorkerOptions } from './worker.ts'
