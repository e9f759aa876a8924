import type { OpenedSession } from '@app/identity';
import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import { Public } from '../auth/public.decorator';
import { refuseForeignOrigin } from '../auth/refuse-foreign-origin';
import { HandsOver } from './hands-over.decorator';
import { SessionHandover } from './session-handover';

/** Lets no other site sign a browser in, and ends what the browser held before, once it is signed in. */
@Injectable()
export class OpeningInterceptor implements NestInterceptor<OpenedSession, OpenedSession> {
  constructor(private readonly handover: SessionHandover) {}

  intercept(context: ExecutionContext, next: CallHandler<OpenedSession>): Observable<OpenedSession> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    refuseForeignOrigin(request);
    return next.handle().pipe(
      mergeMap(async (opened) => {
        await this.handover.endPrevious(request);
        return opened;
      }),
    );
  }
}

/** For a route that a browser signs in by: its handler returns the session, which the browser gets as with `HandsOver`. */
export const OpensSession = (): MethodDecorator => applyDecorators(Public(), HandsOver(), UseInterceptors(OpeningInterceptor));
