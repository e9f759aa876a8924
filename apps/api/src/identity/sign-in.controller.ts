import { DirectorySignInBody, OidcSignInQuery, ProblemError, type SignInSourceList } from '@app/contracts';
import { Federation, type OpenedSession, Sessions } from '@app/identity';
import { Body, Controller, Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerAddress } from '../auth/caller-address.decorator';
import { FlowCookie } from '../auth/flow-cookie';
import { Public } from '../auth/public.decorator';
import { OpensSession } from './opens-session.decorator';
import { SessionHandover } from './session-handover';

const FOUND = 302;
const SEE_OTHER = 303;

/** Signing in with a provider or directory of the bank. */
@Controller('v1/sign-in')
@Public()
export class SignInController {
  constructor(
    private readonly federation: Federation,
    private readonly sessions: Sessions,
    private readonly handover: SessionHandover,
    private readonly cookie: FlowCookie,
  ) {}

  @Get('sources')
  sources(): SignInSourceList {
    return { items: this.federation.sources() };
  }

  @Get('oidc/:id')
  async begin(
    @Param('id') id: string,
    @Query({ schema: OidcSignInQuery }) query: OidcSignInQuery,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const held = await this.handover.heldBy(request);
    const previous = held && { tenantId: held.tenant.tenantId, userId: held.session.userId, sessionId: held.session.sessionId };
    const { url, cookie } = await this.federation.beginOidc(id, { returnTo: query.return, previous });
    this.cookie.set(reply, cookie);
    void reply.redirect(url, FOUND);
  }

  /** The browser comes from another site, so it brings no session along: the one that it had when it left ends by the flow. */
  @Get('oidc/:id/callback')
  async finish(@Param('id') id: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    const cookie = this.cookie.read(request);
    this.cookie.clear(reply);
    const { opened, flow } = await this.federation.finishOidc(id, { cookie, query: queryOf(request.url), address: request.ip });
    if (flow.previous !== null) await this.endPrevious(flow.previous);
    await this.handover.handOver(opened, request, reply);
    void reply.redirect(flow.returnTo, SEE_OTHER);
  }

  @Post('ldap/:id')
  @OpensSession()
  async withDirectory(
    @Param('id') id: string,
    @Body({ schema: DirectorySignInBody }) body: DirectorySignInBody,
    @CallerAddress() address: string,
  ): Promise<OpenedSession> {
    return this.federation.withDirectory(id, { ...body, address });
  }

  private async endPrevious({ tenantId, userId, sessionId }: { tenantId: string; userId: string; sessionId: string }): Promise<void> {
    const tenant = { tenantId, actor: { type: 'user' as const, id: userId, name: userId } };
    try {
      await this.sessions.end(tenant, userId, sessionId);
    } catch (error) {
      // It ended while the person was at the provider.
      if (!(error instanceof ProblemError && error.code === 'not-found')) throw error;
    }
  }
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}
