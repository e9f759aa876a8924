import {
  CodeBody,
  PasswordChangeBody,
  type RecoveryCodes,
  ReproofBody,
  type SessionView,
  SignInBody,
  type TotpEnrolment,
} from '@app/contracts';
import { type OpenedSession, Passwords, Reconfirmation, SecondFactors, Sessions, type SignedIn, SignIn } from '@app/identity';
import { Body, Controller, Delete, Get, HttpCode, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CallerAddress } from '../auth/caller-address.decorator';
import { OwnSession, Person } from '../auth/own-session.decorator';
import { SessionCookie } from '../auth/session-cookie';
import { HandsOver } from './hands-over.decorator';
import { OpensSession } from './opens-session.decorator';
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
  @OpensSession()
  async open(@Body({ schema: SignInBody }) body: SignInBody, @CallerAddress() address: string): Promise<OpenedSession> {
    return this.signIn.withPassword({ ...body, address });
  }

  @Post('second-factor')
  @OwnSession('waiting')
  @HandsOver()
  async proveSecondFactor(
    @Person() person: SignedIn,
    @Body({ schema: CodeBody }) { code }: CodeBody,
    @CallerAddress() address: string,
  ): Promise<OpenedSession> {
    return this.signIn.withCode(person, code, address);
  }

  @Get()
  @OwnSession('begun')
  async get(@Req() request: FastifyRequest): Promise<SessionView> {
    return this.handover.view(this.cookie.read(request) ?? '', request.ip);
  }

  @Delete()
  @HttpCode(204)
  @OwnSession('begun')
  async close(@Person() { tenant, session }: SignedIn, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    await this.sessions.end(tenant, session.userId, session.sessionId);
    this.cookie.clear(reply);
  }

  @Post('confirmation')
  @OwnSession('signedIn')
  @HandsOver()
  async confirm(
    @Person() person: SignedIn,
    @Body({ schema: ReproofBody }) body: ReproofBody,
    @CallerAddress() address: string,
  ): Promise<OpenedSession> {
    return this.reconfirmation.confirm(person, { ...body, address });
  }

  @Post('password')
  @OwnSession('signedIn')
  @HandsOver()
  async changePassword(
    @Person() person: SignedIn,
    @Body({ schema: PasswordChangeBody }) body: PasswordChangeBody,
    @CallerAddress() address: string,
  ): Promise<OpenedSession> {
    return this.passwords.change(person, { ...body, address }, this.reconfirmation);
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
    @CallerAddress() address: string,
  ): Promise<void> {
    await this.reconfirmation.prove(person, { ...body, address }, 'secondFactor.disable');
    await this.secondFactors.disable(person);
  }

  @Post('recovery-codes')
  @HttpCode(200)
  @OwnSession('free')
  async renewRecoveryCodes(
    @Person() person: SignedIn,
    @Body({ schema: ReproofBody }) body: ReproofBody,
    @CallerAddress() address: string,
  ): Promise<RecoveryCodes> {
    await this.reconfirmation.prove(person, { ...body, address }, 'recoveryCodes.make');
    return { recoveryCodes: await this.secondFactors.renewCodes(person) };
  }
}
