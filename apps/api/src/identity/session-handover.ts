import { ProblemError, type SessionView } from '@app/contracts';
import { type OpenedSession, type RecognisedSession, Sessions } from '@app/identity';
import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SessionCookie } from '../auth/session-cookie';
import { toSessionView } from './session.mapper';

/** Hands sessions over to browsers, and takes back what they held before. */
@Injectable()
export class SessionHandover {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  /** The answer and the cookie of a session with a new token. */
  async handOver({ token }: OpenedSession, request: FastifyRequest, reply: FastifyReply): Promise<SessionView> {
    this.cookie.set(reply, token);
    return this.view(token, request.ip);
  }

  async view(token: string, address: string): Promise<SessionView> {
    const recognised = await this.sessions.recognise(token, address);
    if (recognised === null) throw new ProblemError('unauthenticated');
    return toSessionView(recognised, { csrfToken: this.sessions.csrfToken(token), limits: this.sessions.limitsOf(recognised) });
  }

  /** The session that a browser holds, if it is one. */
  async heldBy(request: FastifyRequest): Promise<RecognisedSession['authentication'] | null> {
    return (await this.sessions.recognise(this.cookie.read(request) ?? '', request.ip))?.authentication ?? null;
  }

  /** Whoever signs in again leaves no session behind: what the browser held before, whoever gave it to it, is not what it holds now. */
  async endPrevious(request: FastifyRequest): Promise<void> {
    const previous = await this.heldBy(request);
    if (previous === null) return;
    const { tenant, session } = previous;
    await this.sessions.end(tenant, session.userId, session.sessionId);
  }
}
