import { isJumdataCallSigned, type JumdataCall, parseJumdataCall } from '@app/providers';
import { ClientCredentials } from '@app/tenancy';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Refusals } from '../../auth/refusals';
import { admittedClient } from '../admitted-client';
import { CallFailure } from '../call-failure';
import { CallRate } from '../call-rate';
import type { DropInRequest } from '../client-call';
import { DROP_IN_SETTINGS, type DropInSettings } from '../drop-in-settings';
import { queryOf } from '../drop-in-path';
import { formBody } from '../form-body';

/** Lets a call pass when it is signed with the secret of its appId within five minutes, from where it may come and not too often. */
@Injectable()
export class JumdataGuard implements CanActivate {
  constructor(
    private readonly credentials: ClientCredentials,
    private readonly rate: CallRate,
    private readonly refusals: Refusals,
    @Inject(DROP_IN_SETTINGS) private readonly settings: Pick<DropInSettings, 'allowJumdataGet'>,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<DropInRequest<JumdataCall>>();
    this.assertMethod(request.method);
    const call = await readCall(request);
    const check = await this.credentials.bySignature({
      appId: call.appId,
      address: request.ip,
      isSigned: (appSecret) => isJumdataCallSigned(call, appSecret, new Date()),
    });
    const client = await admittedClient(request, check, this.refusals);
    if (!this.rate.take(client.credentialId)) throw new CallFailure('tooFast');
    request.dropIn = { client, call };
    return true;
  }

  /** A HEAD, which every GET route answers too, must not spend a verification. */
  private assertMethod(method: string): void {
    const isAllowed = method === 'POST' || (method === 'GET' && this.settings.allowJumdataGet);
    if (!isAllowed) throw new CallFailure('methodNotAllowed');
  }
}

async function readCall(request: DropInRequest<JumdataCall>): Promise<JumdataCall> {
  const query = queryOf(request.url);
  const form = request.method === 'GET' ? { body: Buffer.alloc(0), contentType: '' } : await formBody(request);
  return parseJumdataCall({ query, ...form });
}
