import type { SuiteName, WrappedKey } from '@app/crypto';
import type { KeyClass } from './data-class';

/** Which data key of a tenant. Generations count from 1 within a class, whatever their suite. */
export interface DataKeyName {
  keyClass: KeyClass;
  generation: number;
}

/** A key as the database keeps it. An active one seals and opens, a retired one opens, of a destroyed one only this record is left. */
export interface DataKey extends DataKeyName {
  tenantId: string;
  suite: SuiteName;
  state: 'active' | 'retired' | 'destroyed';
  /** Null once destroyed. */
  wrapped: WrappedKey | null;
  createdAt: Date;
  retiredAt: Date | null;
  destroyedAt: Date | null;
}

/** Where a data key belongs: wrapped, it opens for this tenant, class and generation only. */
export function wrappingContext(tenantId: string, { keyClass, generation }: DataKeyName): Buffer {
  return Buffer.from(JSON.stringify(['data-key', tenantId, keyClass, generation]));
}
