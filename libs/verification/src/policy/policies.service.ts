import type { ProviderId } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Inject, Injectable } from '@nestjs/common';
import { DEFAULT_PROVIDER } from './default-provider';
import { PolicyStore } from './policy.store';
import type { StandingPolicy } from './verification-policy.entity';

/** A tenant's terms, to look at. */
@Injectable()
export class Policies {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: PolicyStore,
    @Inject(DEFAULT_PROVIDER) private readonly defaultProvider: ProviderId,
  ) {}

  /** The terms as they stand, with the provider that is really asked. */
  async get(tenant: TenantContext): Promise<StandingPolicy & { provider: ProviderId }> {
    const terms = await this.unitOfWork.run(tenant, (tx) => this.store.stored(tx));
    return { ...terms, provider: terms.provider ?? this.defaultProvider };
  }

  /** The terms as the tenant set them: null where it leaves the provider to the installation. */
  async stored(tenant: TenantContext): Promise<StandingPolicy> {
    return this.unitOfWork.run(tenant, (tx) => this.store.stored(tx));
  }
}
