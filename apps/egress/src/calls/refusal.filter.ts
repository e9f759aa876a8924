import { Catch, HttpException, Inject, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { AttemptConflictError, JournalUnavailableError } from '../journal/journal.error';
import { Refusals } from './refusals';
import { RefusedCallError } from './refused-call.error';

interface Refusal {
  status: number;
  code: string;
  errors?: { field: string; rule: string }[];
}

/** Answers every error with a stable code and nothing of the request, and counts what was refused. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger(RefusalFilter.name);

  constructor(@Inject(Refusals) private readonly refusals: Refusals) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const { status, ...body } = refusalOf(error);
    const count = this.refusals.add(body.code);
    if (status >= 500) this.logger.error({ msg: 'call failed', code: body.code, count, err: error });
    else this.logger.warn({ msg: 'call refused', code: body.code, count, rules: body.errors?.map((entry) => entry.rule) });
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send(body);
  }
}

function refusalOf(error: unknown): Refusal {
  if (error instanceof RefusedCallError) return { status: 422, code: 'invalid-call', errors: error.errors };
  if (error instanceof AttemptConflictError) return { status: 409, code: 'attempt-conflict' };
  if (error instanceof JournalUnavailableError) return { status: 503, code: 'journal-unavailable' };
  return { ...(CODES[statusOf(error)] ?? INTERNAL) };
}

const INTERNAL: Refusal = { status: 500, code: 'internal-error' };
const CODES: Readonly<Record<number, Refusal>> = {
  400: { status: 400, code: 'malformed-request' },
  404: { status: 404, code: 'no-such-route' },
  413: { status: 413, code: 'request-too-large' },
  415: { status: 415, code: 'unsupported-media-type' },
};

/** Status of a Nest exception, or of an error of the HTTP layer such as a body that is too large. */
function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  return error instanceof Error && 'statusCode' in error && typeof error.statusCode === 'number' ? error.statusCode : 500;
}
