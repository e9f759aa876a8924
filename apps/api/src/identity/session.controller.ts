import {
  CodeBody,
  PasswordChangeBody,
  type RecoveryCodes,
  ReproofBody,
  type SessionView,
  SignInBody,
  type TotpEnrolment,
} from '@app/contracts';
import { Passwords, Reconfirmation, SecondFactors, Sessions, type SignedIn, SignIn } from '@app/identity';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OwnSession, Person } from '../auth/own-session.decorator';
import { Public } from '../auth/public.decorator';
import { refuseForeignOrigin } from '../auth/refuse-foreign-origin';
import { SessionCookie } from '../auth/session-cookie';
import { SessionHandover } from './session-handover';

/** A person's own session: signing in and out, and what they prove themselves with. */
@Controller('v1/session')
export class SessionController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly passwords: Passwords,
    private readonly secondFactors: SecondFactors,
    private readonly reconfirmation: Reconfirmation,
    private readonly handover: SessionHandover,
    private readonly cookie: SessionCookie,
  ) {}

  @Post()
  @HttpCode(200)
  @Public()
  async open(
    @Body({ schema: SignInBody }) body: SignInBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    refuseForeignOrigin(request);
    const opened = await this.signIn.withPassword({ ...body, address: request.ip });
    await this.handover.endPrevious(request);
    return this.handover.handOver(opened, reply);
  }

  @Post('second-factor')
  @HttpCode(200)
  @OwnSession('waiting')
  async proveSecondFactor(
    @Person() person: SignedIn,
    @Body({ schema: CodeBody }) { code }: CodeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.handover.handOver(await this.signIn.withCode(person, code, request.ip), reply);
  }

  @Get()
  @OwnSession('begun')
  async get(@Req() request: FastifyRequest): Promise<SessionView> {
    return this.handover.view(this.cookie.read(request) ?? '');
  }

  @Delete()
  @HttpCode(204)
  @OwnSession('begun')
  async close(@Person() { tenant, session }: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(tenant, session.userId, session.sessionId);
    this.cookie.clear(reply);
  }

  @Post('confirmation')
  @HttpCode(200)
  @OwnSession('signedIn')
  async confirm(
    @Person() person: SignedIn,
    @Body({ schema: ReproofBody }) body: ReproofBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.handover.handOver(await this.reconfirmation.confirm(person, { ...body, address: request.ip }), reply);
  }

  @Post('password')
  @HttpCode(200)
  @OwnSession('signedIn')
  async changePassword(
    @Person() person: SignedIn,
    @Body({ schema: PasswordChangeBody }) body: PasswordChangeBody,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SessionView> {
    return this.handover.handOver(await this.passwords.change(person, { ...body, address: request.ip }, this.reconfirmation), reply);
  }

  @Post('totp')
  @OwnSession('signedIn')
  async enrolTotp(@Person() person: SignedIn): Promise<TotpEnrolment> {
    return this.secondFactors.enrol(person);
  }

  @Post('totp/confirmation')
  @HttpCode(200)
  @OwnSession('signedIn')
  async confirmTotp(@Person() person: SignedIn, @Body({ schema: CodeBody }) { code }: CodeBody): Promise<RecoveryCodes> {
    return { recoveryCodes: await this.secondFactors.confirm(person, code) };
  }

  @Post('totp/removal')
  @HttpCode(204)
  @OwnSession('free')
  async removeTotp(
    @Person() person: SignedIn,
    @Body({ schema: ReproofBody }) body: ReproofBody,
    @Req() request: FastifyRequest,
  ): Promise<void> {
    await this.reconfirmation.prove(person, { ...body, address: request.ip }, 'secondFactor.disable');
    await this.secondFactors.disable(person);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @OwnSession('free')
  async renewRecoveryCodes(
    @Person() person: SignedIn,
    @Body({ schema: ReproofBody }) body: ReproofBody,
    @Req() request: FastifyRequest,
  ): Promise<RecoveryCodes> {
    await this.reconfirmation.prove(person, { ...body, address: request.ip }, 'recoveryCodes.make');
    return { recoveryCodes: await this.secondFactors.renewCodes(person) };
  }
}
