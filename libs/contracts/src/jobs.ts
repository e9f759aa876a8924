/**
 * Jobs that one process hands to another, with their payloads: ids only, never documents, never the five elements.
 * The worker refuses to start when a job it is to run has no handler, or two.
 */
export interface JobPayloads {
  'receipt.read': { tenantId: string; receiptId: string };
  'verification.send': { tenantId: string; verificationId: string; attemptId: string };
  /** `number`: which try it is, from 1. A job whose try is over already does nothing. */
  'webhook.deliver': { tenantId: string; deliveryId: string; number: number };
  /** `step` counts the batch's feedings: of two jobs for the same one, the later does nothing. */
  'batch.feed': { tenantId: string; batchId: string; step: number };
  /** `day`: the tenant's run of that day in Asia/Shanghai. A run that is over already erases nothing twice. */
  'retention.run': { tenantId: string; day: string };
  /** Goes on with a person's request from wherever it stands: searches, exports or erases. One that waits for a person is left alone. */
  'subject.handle': { tenantId: string; requestId: string };
}
export type JobName = keyof JobPayloads;

export const JOB_NAMES = [
  'receipt.read',
  'verification.send',
  'webhook.deliver',
  'batch.feed',
  'retention.run',
  'subject.handle',
] as const satisfies readonly JobName[];
