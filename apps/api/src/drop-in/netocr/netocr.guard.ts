import { type NetocrCall, parseNetocrCall } from '@app/providers';
import { ClientCredentials } from '@app/tenancy';
import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
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
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<DropInRequest<NetocrCall>>();
    const { body, contentType } = await formBody(request);
    const call = parseNetocrCall(body, contentType);
    const check = await this.credentials.bySecret({ key: call.key, secret: call.secret, address: request.ip });
    if (check.refused !== undefined) throw new CallFailure(check.refused);
    if (!this.rate.take(check.client.credentialId)) throw new CallFailure('tooFast');
    request.dropIn = { client: check.client, call };
    return true;
  }
}
