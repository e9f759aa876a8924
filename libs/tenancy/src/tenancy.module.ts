import { AuditModule } from '@app/audit';
import { type DynamicModule, Module } from '@nestjs/common';
import { ApiKeyProofs } from './api-keys/api-key-proofs';
import { ApiKeyStore } from './api-keys/api-key.store';
import { API_KEY_SETTINGS, ApiKeys, type ApiKeySettings, DEFAULT_API_KEY_SETTINGS, SECRET_HASH } from './api-keys/api-keys.service';
import { SecretHash } from './api-keys/secret-hash';
import { TenantApiKeys } from './api-keys/tenant-api-keys';
import { TenantAdmin } from './tenant-admin.service';
import { TenantStore } from './tenant.store';

/** Provides `ApiKeys`, `ApiKeyProofs`, `TenantApiKeys` and `TenantAdmin`. Needs the database module. */
@Module({})
export class TenancyModule {
  static forRoot({ hashKey, apiKeys = {} }: { hashKey: string; apiKeys?: Partial<ApiKeySettings> }): DynamicModule {
    return {
      module: TenancyModule,
      imports: [AuditModule],
      providers: [
        { provide: SECRET_HASH, useValue: new SecretHash(hashKey) },
        { provide: API_KEY_SETTINGS, useValue: { ...DEFAULT_API_KEY_SETTINGS, ...apiKeys } },
        ...[ApiKeyStore, TenantStore, ApiKeys, ApiKeyProofs, TenantApiKeys, TenantAdmin],
      ],
      exports: [ApiKeys, ApiKeyProofs, TenantApiKeys, TenantAdmin],
    };
  }
}
