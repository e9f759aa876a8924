import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { Keyring } from '@app/keyring';
import { type DynamicModule, Module } from '@nestjs/common';
import { ClientCredentialStore } from './client-credential.store';
import { ClientCredentials } from './client-credentials.service';

/** Provides `ClientCredentials`. Expects DatabaseModule and KeyringModule. */
@Module({})
export class ClientCredentialsModule {
  static forRoot({ hashKey }: { hashKey: string }): DynamicModule {
    const credentials = {
      provide: ClientCredentials,
      inject: [ClientCredentialStore, UnitOfWork, AuditLog, Keyring],
      useFactory: (store: ClientCredentialStore, unitOfWork: UnitOfWork, audit: AuditLog, keyring: Keyring) =>
        new ClientCredentials(store, unitOfWork, audit, { hashKey, keyring }),
    };
    return {
      module: ClientCredentialsModule,
      imports: [AuditModule],
      providers: [ClientCredentialStore, credentials],
      exports: [ClientCredentials],
    };
  }
}
