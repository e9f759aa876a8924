import { type NetocrCall, parseNetocrCall } from '@app/providers';
import { ClientCredentials } from '@app/tenancy';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Refusals } from '../../auth/refusals';
import { admittedClient } from '../admitted-client';
import { CallFailure } from '../call-failure';
import { CallRate } from '../call-rate';
import type { DropInRequest } from '../client-call';
import { formBody } from '../form-body';

/** Lets a call pass when its key and secret are a credential's, used from where it may be and not too often. */
@Injectable()
export class NetocrGuard implements CanActivate {
  constructor(
    private readonly credentials: ClientCredentials,
    private readonly rate: CallRate,
    private readonly refusals: Refusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<DropInRequest<NetocrCall>>();
    const { body, contentType } = await formBody(request);
    const call = parseNetocrCall(body, contentType);
    const check = await this.credentials.bySecret({ key: call.key, secret: call.secret, address: request.ip });
    const client = await admittedClient(request, check, this.refusals);
    if (!this.rate.take(client.credentialId)) throw new CallFailure('tooFast');
    request.dropIn = { client, call };
    return true;
  }
}
