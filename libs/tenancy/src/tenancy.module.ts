import { AuditModule } from '@app/audit';
import { type DynamicModule, Module } from '@nestjs/common';
import { ApiKeyStore } from './api-key.store';
import { ApiKeys, HASH_KEY } from './api-keys.service';
import { TenantAdmin } from './tenant-admin.service';
import { TenantStore } from './tenant.store';

/** Provides `ApiKeys` and `TenantAdmin`. Needs the database module. */
@Module({})
export class TenancyModule {
  static forRoot(options: { hashKey: string }): DynamicModule {
    return {
      module: TenancyModule,
      imports: [AuditModule],
      providers: [{ provide: HASH_KEY, useValue: options.hashKey }, ApiKeyStore, TenantStore, ApiKeys, TenantAdmin],
      exports: [ApiKeys, TenantAdmin],
    };
  }
}
