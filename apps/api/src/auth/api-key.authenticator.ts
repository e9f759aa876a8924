import {
  ApiKeyProofs,
  type Authentication,
  type Caller,
  emptyContentHash,
  type KeyCheck,
  parseSignedAuthorization,
  type SignedAuthorization,
} from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Authenticator, RefusedProof } from './authenticator';
import { ClientCertificates } from './client-certificates';
import { hasBody } from './has-body';

/** Recognises programs by the API key in their authorization header, or by the signature that they made with it. */
@Injectable()
export class ApiKeyAuthenticator implements Authenticator {
  constructor(
    private readonly proofs: ApiKeyProofs,
    private readonly certificates: ClientCertificates,
  ) {}

  async authenticate(request: FastifyRequest): Promise<Authentication | RefusedProof | null | undefined> {
    const { authorization } = request.headers;
    if (authorization === undefined) return undefined;
    const check = await this.check(request, authorization);
    if (check.refused === undefined) return check.authentication;
    const { refused: reason, tenant } = check;
    return tenant === undefined || reason === 'unknown' ? null : { refused: { tenant, reason } };
  }

  private check(request: FastifyRequest, authorization: string): Promise<KeyCheck> {
    const caller: Caller = { address: request.ip, certificateSha256: this.certificates.sha256Of(request) };
    const said = parseSignedAuthorization(authorization);
    if (said !== null && isBodySigned(request, said)) {
      return this.proofs.bySignature(said, { method: request.method, target: request.raw.url ?? '' }, caller);
    }
    // What has neither form is looked for as well: a caller learns nothing from how long the answer takes.
    const presented = /^Bearer ([\w-]{1,200})$/i.exec(authorization)?.[1] ?? '';
    return this.proofs.bySecret(presented, caller);
  }
}

/** A body is compared with its signed hash while it arrives; where there is none, there is only one hash it can have. */
function isBodySigned(request: FastifyRequest, { scheme, contentHash }: SignedAuthorization): boolean {
  return hasBody(request.raw) || contentHash === emptyContentHash(scheme);
}
