import { AuditEntry } from '@app/audit';
import { DatabaseModule } from '@app/database';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { ApiKey } from './api-key.entity';
import { TenancyModule } from './tenancy.module';
import { TenantAdmin } from './tenant-admin.service';
import { Tenant } from './tenant.entity';

@Module({})
class TenantAdministration {}

/** Opens the database as its owner for one piece of administration, such as making a tenant at the command line. */
export async function withTenantAdmin<T>(
  options: { ownerUrl: string; hashKey: string; applicationName: string },
  work: (admin: TenantAdmin) => Promise<T>,
): Promise<T> {
  const { ownerUrl: url, hashKey, applicationName } = options;
  const database = DatabaseModule.forRoot({ url, applicationName, entities: [Tenant, ApiKey, AuditEntry], poolSize: 1 });
  const root = { module: TenantAdministration, imports: [database, TenancyModule.forRoot({ hashKey })] };
  const context = await NestFactory.createApplicationContext(root, { logger: false, abortOnError: false });
  try {
    return await work(context.get(TenantAdmin, { strict: false }));
  } finally {
    await context.close();
  }
}
