import type { SessionList } from '@app/contracts';
import { Sessions, type SignedIn } from '@app/identity';
import { Controller, Delete, Get, HttpCode, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OwnSession, Person } from '../auth/own-session.decorator';
import { SessionCookie } from '../auth/session-cookie';
import { ResourceId } from '../http/resource-id.decorator';
import { toSessionSummary } from './session.mapper';

/** All sessions of the person who asks. */
@Controller('v1/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: Sessions,
    private readonly cookie: SessionCookie,
  ) {}

  @Get()
  @OwnSession('free')
  async list(@Person() { tenant, session }: SignedIn): Promise<SessionList> {
    const all = await this.sessions.list(tenant, session.userId);
    return { items: all.map((one) => toSessionSummary(one, session.sessionId)) };
  }

  @Delete()
  @HttpCode(204)
  @OwnSession('free')
  async endAll(@Person() { tenant, session }: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.endAll(tenant, session.userId);
    this.cookie.clear(reply);
  }

  @Delete(':id')
  @HttpCode(204)
  @OwnSession('free')
  async end(@Person() { tenant, session }: SignedIn, @ResourceId() id: string): Promise<void> {
    await this.sessions.end(tenant, session.userId, id);
  }
}
