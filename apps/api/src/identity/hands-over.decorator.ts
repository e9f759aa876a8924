import type { SessionView } from '@app/contracts';
import type { OpenedSession } from '@app/identity';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  HttpCode,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { SessionHandover } from './session-handover';

/** Turns a session with a new token into the answer and the cookie of it. */
@Injectable()
export class HandoverInterceptor implements NestInterceptor<OpenedSession, SessionView> {
  constructor(private readonly handover: SessionHandover) {}

  intercept(context: ExecutionContext, next: CallHandler<OpenedSession>): Observable<SessionView> {
    const http = context.switchToHttp();
    const [request, reply] = [http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>()];
    return next.handle().pipe(mergeMap((opened) => this.handover.handOver(opened, request, reply)));
  }
}

/** For a route whose handler returns a session with a new token: the browser gets the cookie, and sees the session. */
export const HandsOver = (): MethodDecorator => applyDecorators(HttpCode(200), UseInterceptors(HandoverInterceptor));
