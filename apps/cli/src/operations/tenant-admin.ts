import { userInfo } from 'node:os';
import { AuditEntry } from '@app/audit';
import { CliConfig, ConfigError, parseConfig } from '@app/config';
import { type Actor, DatabaseModule } from '@app/database';
import { ApiKey, Tenant, TenancyModule, TenantAdmin } from '@app/tenancy';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { requireOwnerUrl } from './owner-url';

@Module({})
class OperatorModule {}

/** Runs a piece of administration as the owner role, told in the audit as the person at the keyboard. */
export async function asOperator<T>(work: (admin: TenantAdmin, actor: Actor) => Promise<T>): Promise<T> {
  const database = { url: requireOwnerUrl(), applicationName: 'piaoyan-cli', entities: [Tenant, ApiKey, AuditEntry], poolSize: 1 };
  const imports = [DatabaseModule.forRoot(database), TenancyModule.forRoot({ hashKey: requireHashKey() })];
  const context = await NestFactory.createApplicationContext({ module: OperatorModule, imports }, { logger: false, abortOnError: false });
  try {
    const { username } = userInfo();
    return await work(context.get(TenantAdmin, { strict: false }), { type: 'operator', id: username, name: username });
  } finally {
    await context.close();
  }
}

function requireHashKey(): string {
  const { PIAOYAN_HASH_KEY: key } = parseConfig(CliConfig);
  if (key === undefined)
    throw new ConfigError(['PIAOYAN_HASH_KEY (or PIAOYAN_HASH_KEY_FILE) is required: the key that api and worker use']);
  return key;
}
