import type { JobName, JobPayloads } from '@app/contracts';
import { DiscoveryService } from '@nestjs/core';

/** What a handler knows of the delivery: `attempt` counts from 1, `signal` fires when the job is taken away or the process stops. */
export interface JobDelivery {
  readonly id: string;
  readonly attempt: number;
  readonly signal: AbortSignal;
}

/**
 * Does one kind of job. Deliveries are at least once: a handler must be harmless when it runs twice.
 * Throw `PermanentJobError` when trying again cannot help; anything else is retried.
 */
export interface Handles<N extends JobName> {
  handle(payload: JobPayloads[N], job: JobDelivery): Promise<void>;
}

/** Marks a Nest provider as the one handler of a job: `@JobHandler('receipt.read') class ReadReceipt implements Handles<'receipt.read'>`. */
export const JobHandler = DiscoveryService.createDecorator<JobName>();
