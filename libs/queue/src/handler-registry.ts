import { JOB_NAMES, type JobName } from '@app/contracts';
import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { type Handles, JobHandler } from './job-handler';

/** A job that this worker is to run has no handler, or two: it would be lost, or done by chance. */
export class JobHandlerError extends Error {
  constructor(problems: readonly string[]) {
    super(`the worker cannot start: ${problems.join('; ')}`);
    this.name = 'JobHandlerError';
  }
}

/** Finds the providers decorated with `@JobHandler`. */
@Injectable()
export class HandlerRegistry {
  constructor(private readonly discovery: DiscoveryService) {}

  /** @throws JobHandlerError unless each of `queues` has exactly one handler */
  handlersFor(queues: readonly JobName[]): Map<JobName, Handles<JobName>> {
    const found = this.discovery.getProviders({ metadataKey: JobHandler.KEY }).map((wrapper) => ({
      job: this.discovery.getMetadataByDecorator(JobHandler, wrapper),
      className: String(wrapper.name),
      handler: wrapper.instance as Handles<JobName>,
    }));
    const handlers = new Map<JobName, Handles<JobName>>();
    const problems = found
      .filter(({ job }) => !JOB_NAMES.some((name) => name === job))
      .map((one) => `${one.className} handles "${String(one.job)}", which is no job`);
    for (const queue of queues) {
      const [one, ...others] = found.filter(({ job }) => job === queue);
      if (!one) problems.push(`${queue} has no handler`);
      else if (others.length > 0)
        problems.push(`${queue} has several handlers: ${[one, ...others].map((each) => each.className).join(', ')}`);
      else handlers.set(queue, one.handler);
    }
    if (problems.length > 0) throw new JobHandlerError(problems);
    return handlers;
  }
}
