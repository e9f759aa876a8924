import type { TenantContext, Tx } from '@app/database';
import type { Scope } from './scope';

/** Who presented a key, and what the key allows. */
export interface Authentication {
  tenant: TenantContext;
  scopes: ReadonlySet<Scope>;
}

/** What a new key is to be. Without `expiresAt` it is valid until it is revoked. */
export interface NewApiKey {
  name: string;
  scopes: readonly Scope[];
  expiresAt?: Date;
}

/** Makes and recognises API keys. A key is shown once and stored only as a keyed hash. */
export abstract class ApiKeys {
  abstract authenticate(presented: string): Promise<Authentication | null>;
  abstract create(tx: Tx, key: NewApiKey): Promise<{ id: string; secret: string }>;
}
