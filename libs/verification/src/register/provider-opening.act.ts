import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { type ActChange, ProviderOpening } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { ProviderRegister } from './provider-register';

/** Opens a provider for a tenant, or changes what was agreed with it, once two persons want it. */
@Injectable()
export class ProviderOpeningAct implements DangerousAct<ProviderOpening> {
  readonly kind = 'provider.open' as const;
  readonly payload = ProviderOpening;

  constructor(private readonly register: ProviderRegister) {}

  changes(tx: Tx, opening: ProviderOpening): Promise<ActChange[]> {
    return this.register.differences(tx, opening);
  }

  async perform(tx: Tx, opening: ProviderOpening, approved: ApprovedBy): Promise<void> {
    await this.register.open(tx, opening, approved);
  }
}
