import type { Authentication } from '@app/tenancy';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { v7 as uuidv7 } from 'uuid';
import { type Authenticator, AUTHENTICATORS } from '../../apps/api/src/auth/authenticator';

/** Callers that a test makes up, each known by a bearer token: what sessions and keys prove, without either. */
export class MadeUpCallers implements Authenticator {
  private readonly callers = new Map<string, Authentication>();

  /** Puts them before the authenticators of a running api. */
  static in(api: NestFastifyApplication): MadeUpCallers {
    const callers = new MadeUpCallers();
    api.get<Authenticator[]>(AUTHENTICATORS, { strict: false }).unshift(callers);
    return callers;
  }

  /** The token by which the caller is known from now on. */
  add(caller: Authentication): string {
    const token = `made-up-${uuidv7()}`;
    this.callers.set(token, caller);
    return token;
  }

  authenticate({ headers }: FastifyRequest): Promise<Authentication | undefined> {
    return Promise.resolve(this.callers.get(headers.authorization?.replace(/^Bearer /, '') ?? ''));
  }
}
