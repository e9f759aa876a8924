import { SignInPolicyRequest, type SignInPolicyView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type IdentitySettings, SignInPolicies, type SignInPolicy } from '@app/identity';
import { Body, Controller, Get, Inject, Put } from '@nestjs/common';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { IDENTITY_SETTINGS } from './identity-settings-of';

/** What a tenant demands of its people beyond the installation. */
@Controller('v1/sign-in-policy')
export class SignInPolicyController {
  constructor(
    private readonly policies: SignInPolicies,
    @Inject(IDENTITY_SETTINGS) private readonly settings: IdentitySettings,
  ) {}

  @Get()
  @Scope('user.read')
  async get(@Tenant() tenant: TenantContext): Promise<SignInPolicyView> {
    return this.viewOf(await this.policies.get(tenant));
  }

  @Put()
  @Scope('role.assign')
  async change(
    @Tenant() tenant: TenantContext,
    @Body({ schema: SignInPolicyRequest }) body: SignInPolicyRequest,
  ): Promise<SignInPolicyView> {
    return this.viewOf(await this.policies.change(tenant, body));
  }

  private viewOf({ version, secondFactor, networks, changedAt }: SignInPolicy): SignInPolicyView {
    return {
      ...{ version, secondFactor, networks },
      changedAt: version === 0 ? null : changedAt.toISOString(),
      installation: { secondFactor: this.settings.secondFactor },
    };
  }
}
