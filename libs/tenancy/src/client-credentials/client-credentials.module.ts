import { AuditLog, AuditModule } from '@app/audit';
import { Sealer } from '@app/crypto';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, Module } from '@nestjs/common';
import { ClientCredentialStore } from './client-credential.store';
import { ClientCredentials } from './client-credentials.service';

/** Provides `ClientCredentials`. Needs the database module. */
@Module({})
export class ClientCredentialsModule {
  static forRoot({ hashKey, masterKey }: { hashKey: string; masterKey: string }): DynamicModule {
    const credentials = {
      provide: ClientCredentials,
      inject: [ClientCredentialStore, UnitOfWork, AuditLog],
      useFactory: (store: ClientCredentialStore, unitOfWork: UnitOfWork, audit: AuditLog) =>
        new ClientCredentials(store, unitOfWork, audit, { hashKey, sealer: new Sealer(masterKey) }),
    };
    return {
      module: ClientCredentialsModule,
      imports: [AuditModule],
      providers: [ClientCredentialStore, credentials],
      exports: [ClientCredentials],
    };
  }
}
