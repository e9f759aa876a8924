import { ApiKeys, type Authentication, type RefusedKey } from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Authenticator } from './authenticator';

/** Recognises programs by the API key in their authorization header. */
@Injectable()
export class ApiKeyAuthenticator implements Authenticator {
  constructor(private readonly apiKeys: ApiKeys) {}

  async authenticate({ headers }: FastifyRequest): Promise<Authentication | RefusedKey | null | undefined> {
    if (headers.authorization === undefined) return undefined;
    const presented = /^Bearer ([\w-]{1,200})$/i.exec(headers.authorization)?.[1];
    return presented === undefined ? null : this.apiKeys.recognise(presented);
  }
}
