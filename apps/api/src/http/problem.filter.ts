import { type Problem, PROBLEMS, type ProblemError } from '@app/contracts';
import { type ArgumentsHost, Catch, type ExceptionFilter, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { problemOf } from './problem-of';
import { discardUnread } from './unread-body';

/** Answers every failure as problem details (RFC 9457), with an id that stands in the log line too. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('Problem');

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const problem = problemOf(error);
    this.log(problem, request);
    this.send(problem, request, http.getResponse<FastifyReply>());
  }

  private send(problem: ProblemError, request: FastifyRequest, reply: FastifyReply): void {
    // Once bytes of an answer have left, the only honest end is to cut the connection.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (problem.code === 'unauthenticated') void reply.header('www-authenticate', 'Bearer');
    void reply
      .status(problem.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemBody(problem, request.id)));
    discardUnread(request.raw);
  }

  private log(problem: ProblemError, request: FastifyRequest): void {
    const facts = { requestId: request.id, code: problem.code, method: request.method, route: request.routeOptions.url };
    if (problem.status >= 500) this.logger.error({ ...facts, err: problem.cause ?? problem, msg: 'request failed' });
    else this.logger.log({ ...facts, fields: problem.errors.map(({ field }) => field), msg: 'request refused' });
  }
}

/** The body of a problem answer. */
export function problemBody(problem: ProblemError, id: string): Problem {
  const { status, message } = PROBLEMS[problem.code];
  return {
    type: `urn:piaoyan:problem:${problem.code}`,
    title: message.en,
    status,
    code: problem.code,
    detail: problem.message,
    message,
    field: problem.errors[0]?.field ?? null,
    errors: [...problem.errors],
    id,
  };
}
