import type { EntityManager } from 'typeorm';
import type { TenantContext } from './tenant-context';

/** One open transaction that carries its tenant: the first argument of every store method. */
export interface Tx {
  readonly tenant: TenantContext;
  readonly manager: EntityManager;
  /** What the transaction was begun with, see `UnitOfWork.run`. */
  readonly heldWords?: string | undefined;
}
