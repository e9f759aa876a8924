import { type ApiKeyList, ApiKeyRequest, ApiKeyRotation, type ApiKeySecretView, type ApiKeyView } from '@app/contracts';
import type { TenantContext } from '@app/database';
import { type Authentication, TenantApiKeys } from '@app/tenancy';
import { Body, Controller, Get, HttpCode, Post } from '@nestjs/common';
import { Caller } from '../auth/caller.decorator';
import { Scope } from '../auth/scope.decorator';
import { Tenant } from '../auth/tenant.decorator';
import { ResourceId } from '../http/resource-id.decorator';
import { toApiKeySecretView, toApiKeyView } from './api-keys.mapper';

@Controller('v1/api-keys')
export class ApiKeysController {
  constructor(private readonly keys: TenantApiKeys) {}

  @Get()
  @Scope('apiKey.manage')
  async list(@Tenant() tenant: TenantContext): Promise<ApiKeyList> {
    return { items: (await this.keys.list(tenant)).map(toApiKeyView) };
  }

  @Post()
  @Scope('apiKey.manage')
  async create(@Caller() caller: Authentication, @Body({ schema: ApiKeyRequest }) body: ApiKeyRequest): Promise<ApiKeySecretView> {
    return toApiKeySecretView(await this.keys.create(caller, body));
  }

  @Post(':id/rotate')
  @Scope('apiKey.manage')
  async rotate(
    @Caller() caller: Authentication,
    @ResourceId() id: string,
    @Body({ schema: ApiKeyRotation }) body: ApiKeyRotation,
  ): Promise<ApiKeySecretView> {
    return toApiKeySecretView(await this.keys.rotate(caller, id, body));
  }

  @Post(':id/revoke')
  @HttpCode(200)
  @Scope('apiKey.manage')
  async revoke(@Tenant() tenant: TenantContext, @ResourceId() id: string): Promise<ApiKeyView> {
    return toApiKeyView(await this.keys.revoke(tenant, id));
  }
}
