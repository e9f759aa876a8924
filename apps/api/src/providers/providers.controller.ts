import type { ProviderList, ProviderView } from '@app/contracts';
import { type ProviderChannel, ProviderStates } from '@app/verification';
import { Controller, Get } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';

@Controller('v1/providers')
export class ProvidersController {
  constructor(private readonly states: ProviderStates) {}

  @Get()
  @Scope('verification.read')
  async list(): Promise<ProviderList> {
    return { items: (await this.states.list()).map(toProviderView) };
  }
}

function toProviderView({ provider, state, since, reason, reopenAt }: ProviderChannel): ProviderView {
  return { provider, state, since: since.toISOString(), reason, reopensAt: reopenAt?.toISOString() ?? null };
}
