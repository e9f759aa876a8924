import { Injectable, Logger } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { CallFailure } from './call-failure';
import { FAILURE_STATUS } from './call-failure';
import type { ClientAnswer } from './client-answer';

/** One line for each answered call of a client: who, what came of it, and how many fields were not understood. No element and no credential. */
@Injectable()
export class CallLog {
  private readonly logger = new Logger('DropIn');

  answered(request: FastifyRequest, answer: ClientAnswer, facts: { credentialId: string; code: string; unknownFields: number }): void {
    const { outcome, origin, charge, provider, attemptId } = answer;
    this.logger.log({ requestId: request.id, ...facts, outcome, origin, charge, provider, attemptId, msg: 'client answered' });
  }

  failed(request: FastifyRequest, failure: CallFailure): void {
    const facts = { requestId: request.id, reason: failure.reason, method: request.method, route: request.routeOptions.url };
    if (FAILURE_STATUS[failure.reason] >= 500) this.logger.error({ ...facts, err: failure.cause ?? failure, msg: 'client call failed' });
    else this.logger.log({ ...facts, msg: 'client call refused' });
  }
}
