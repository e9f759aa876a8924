export { accessEnd } from './access/program-access.entity';
export * from './api-keys/api-key.entity';
export { type Caller, ApiKeyProofs, type KeyCheck, type KeyRefusal } from './api-keys/api-key-proofs';
export { API_KEY_PREFIX } from './api-keys/api-key-secret';
export {
  ApiKeys,
  type ApiKeySettings,
  type Authentication,
  type IssuedApiKey,
  type NewApiKey,
  type SessionFacts,
} from './api-keys/api-keys.service';
export {
  emptyContentHash,
  parseSignedAuthorization,
  type SignedAuthorization,
  signedAuthorization,
  type SignedCall,
  type SigningScheme,
  startContentHash,
} from './api-keys/request-signature';
export { TenantApiKeys } from './api-keys/tenant-api-keys';
export { isAddressAllowed, networkOf } from './client-credentials/allowed-networks';
export { ClientCredentialAdmin, CredentialNotFoundError, withClientCredentialAdmin } from './client-credentials/client-credential-admin';
export { ClientCredential, ClientDialect, ClientScope } from './client-credentials/client-credential.entity';
export { ClientCredentialsModule } from './client-credentials/client-credentials.module';
export {
  type Client,
  CLIENT_CREDENTIAL_COLUMNS,
  type ClientCheck,
  ClientCredentials,
  type ClientRefusalReason,
  type IssuedCredential,
  type NewClientCredential,
} from './client-credentials/client-credentials.service';
export { type QuotaAdmin, withQuotaAdmin } from './quotas/quota-admin';
export { QuotaStore } from './quotas/quota.store';
export { Quotas } from './quotas/quotas.service';
// What roles may is a contract that the console shows too.
export {
  BUSINESS_SCOPES,
  holdsAdministration,
  isPower,
  mayBeGrantedTogether,
  mayBeHeldTogether,
  type Power,
  powersOf,
  Role,
  ROLE_NAMES,
  Scope,
  SCOPE_NAMES,
  SCOPES_OF_ROLE,
} from '@app/contracts';
export * from './tenancy.module';
export * from './tenant-admin.service';
export * from './tenant.entity';
export * from './tenant.error';
export * from './with-tenant-admin';
