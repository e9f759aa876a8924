import type { RequestOrigin } from './request-origin';

/** Who acts: a person who signed in, an API key, a client of a compatible endpoint, a person at the command line, or the worker on behalf of a tenant. */
export interface Actor {
  type: 'user' | 'apiKey' | 'client' | 'operator' | 'worker';
  id: string;
  /** What the audit shows, such as the key's name. Never a secret. */
  name: string;
  /** The roles that a person holds at this moment; undefined for whoever is no person. */
  roles?: readonly string[] | undefined;
}

/** On whose behalf something happens. Every store method needs one, through its `Tx`. */
export interface TenantContext {
  tenantId: string;
  actor: Actor;
  /** Undefined for what no request caused. */
  origin?: RequestOrigin | undefined;
}
