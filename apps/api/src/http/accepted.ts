import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { preferredWait } from './prefer-wait';
import { ResultWait } from './result-wait';

/** A resource that was just made and that another process completes. */
export interface AcceptedResource<T> {
  id: string;
  location: string;
  look: () => Promise<T>;
  isDone: (resource: T) => boolean;
  /** False when it was surely not complete when it was made. */
  mayBeDone?: boolean;
}

/** Answers for resources that are completed later: 201 when done, 202 while not, after waiting as long as `Prefer: wait=N` asks. */
@Injectable()
export class Accepted {
  constructor(private readonly wait: ResultWait) {}

  async answer<T>(request: FastifyRequest, reply: FastifyReply, accepted: AcceptedResource<T>): Promise<T> {
    const { id, location, look, isDone, mayBeDone } = accepted;
    const seconds = preferredWait(request.headers.prefer);
    const awaited = { id, look, isFinal: isDone, ...(mayBeDone === undefined ? {} : { mayBeFinal: mayBeDone }) };
    const resource = await this.wait.until(awaited, { seconds: seconds ?? 0, gone: () => request.raw.socket.destroyed });
    if (seconds !== null) void reply.header('preference-applied', `wait=${seconds}`);
    void reply.status(isDone(resource) ? 201 : 202).header('location', location);
    return resource;
  }
}
