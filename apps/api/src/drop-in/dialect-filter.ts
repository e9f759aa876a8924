import { type ArgumentsHost, Catch, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { allowedMethods } from '../http/allowed-methods';
import { discardUnread } from '../http/unread-body';
import { CallFailure, type CallFailureReason, FAILURE_STATUS } from './call-failure';
import { CallLog } from './call-log';
import { failureOf } from './failure-of';
import { sendAnswer } from './send-answer';

/** Answers every failure in the words of a dialect, with nothing of the call in them. */
@Catch()
export abstract class DialectFilter implements ExceptionFilter {
  private readonly log = new CallLog();

  protected abstract bodyOf(reason: CallFailureReason): Buffer;

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<FastifyRequest>();
    const reply = http.getResponse<FastifyReply>();
    const allowed = allowedMethods(request.url);
    const failure = orWrongMethod(failureOf(error), request.method, allowed);
    this.log.failed(request, failure);
    // Once bytes of an answer have left, the only honest end is to cut the connection.
    if (reply.raw.headersSent) {
      reply.raw.destroy();
      return;
    }
    if (failure.reason === 'methodNotAllowed') void reply.header('allow', othersThan(request.method, allowed));
    sendAnswer(reply, FAILURE_STATUS[failure.reason], {}, this.bodyOf(failure.reason));
    discardUnread(request.raw);
  }
}

function orWrongMethod(failure: CallFailure, method: string, allowed: readonly string[]): CallFailure {
  const isWrongMethod = failure.reason === 'notFound' && allowed.length > 0 && !allowed.includes(method);
  return isWrongMethod ? new CallFailure('methodNotAllowed', { cause: failure.cause }) : failure;
}

/** The methods to use instead. HEAD is none: a verification is nothing to peek at. */
function othersThan(method: string, allowed: readonly string[]): string {
  return allowed.filter((other) => other !== method && other !== 'HEAD').join(', ');
}
