import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { createKeyring, type KeptKeyringOptions, type KeyringOptions } from './create-keyring';
import { Keyring } from './keyring';

/** Provides `Keyring`, globally. Expects DatabaseModule. Refuses to start when a master key that the database needs is not among the given. */
@Module({})
export class KeyringModule {
  static forRoot(options: KeyringOptions | KeptKeyringOptions): DynamicModule {
    const keyring = {
      provide: Keyring,
      inject: [DataSource, UnitOfWork, AuditLog],
      useFactory: (dataSource: DataSource, unitOfWork: UnitOfWork, audit: AuditLog) =>
        createKeyring({ dataSource, unitOfWork, audit }, options),
    };
    return { module: KeyringModule, global: true, imports: [AuditModule], providers: [keyring], exports: [Keyring] };
  }
}
