import { type FieldError, ProblemError } from '@app/contracts';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods } from './allowed-methods';
import { problemBody } from './problem-body';
import { problemOf } from './problem-of';
import { discardUnread } from './unread-body';

/** Answers every failure as problem details (RFC 9457), with an id that stands in the log line too. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const problem = this.orWrongMethod(problemOf(error), request, reply);
    this.log(problem, request);
    this.send(problem, request, reply);
  }

  /** A path that exists, asked with another method, is told apart from one that does not. */
  private orWrongMethod(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): ProblemError {
    if (problem.code !== 'not-found') return problem;
    const allowed = allowedMethods(request.url);
    if (allowed.length === 0 || allowed.includes(request.method)) return problem;
    void reply.header('allow', allowed.join(', '));
    return new ProblemError('method-not-allowed', { cause: problem.cause });
  }

  private send(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
    // Once bytes of an answer have left, the only honest end is to cut the connection.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (problem.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
    const { retryAfterSeconds } = problem.options;
    if (retryAfterSeconds !== undefined) void reply.header('retry-after', retryAfterSeconds);
    void reply
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, request.id)));
    discardUnread(request.raw);
  }

  private log(problem: ProblemError, request: FastifyRequest): void {
    const facts = { requestId: request.id, code: problem.code, method: request.method, route: request.routeOptions.url };
    if (problem.status >= 500) this.logger.error({ ...facts, err: problem.cause ?? problem, msg: 'request failed' });
    else this.logger.log({ ...facts, fields: problem.errors.map(shownInLog), msg: 'request refused' });
  }
}

/** Names of the contract's fields say nothing of a person; a name that the caller made up may. */
function shownInLog({ field, isForeign }: FieldError): string {
  return isForeign ? '(unknown)' : field;
}
