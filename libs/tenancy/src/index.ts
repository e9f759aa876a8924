export * from './api-key.entity';
export { ApiKeys, type Authentication, type NewApiKey, type SessionFacts } from './api-keys.service';
export { networkOf } from './client-credentials/allowed-networks';
export { ClientCredentialAdmin, CredentialNotFoundError, withClientCredentialAdmin } from './client-credentials/client-credential-admin';
export { ClientCredential, ClientDialect, ClientScope } from './client-credentials/client-credential.entity';
export { ClientCredentialsModule } from './client-credentials/client-credentials.module';
export {
  type Client,
  type ClientCheck,
  ClientCredentials,
  type ClientRefusalReason,
  type IssuedCredential,
  type NewClientCredential,
} from './client-credentials/client-credentials.service';
export * from './role';
export * from './scope';
export * from './tenancy.module';
export * from './tenant-admin.service';
export * from './tenant.entity';
export * from './tenant.error';
export * from './with-tenant-admin';
