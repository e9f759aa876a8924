import type { AuditLog } from '@app/audit';
import type { Tx } from '@app/database';
import type { KeyClass } from './data-class';
import type { DataKey } from './data-key';
import { DataKeyStore } from './data-key.store';
import { KEY_LIFETIME_MS, type KeyCache } from './key-cache';
import { KeyInUseError } from './key-in-use.error';

/**
 * After a key was retired, processes seal with it until their cache ends. What they sealed reaches the database with the request that it
 * belongs to, and an upload may take 150 seconds: nothing is on its way for a quarter of an hour.
 */
const SETTLING_MS = 15 * KEY_LIFETIME_MS;

/** Destroys data keys, each of them on record. */
export class KeyErasure {
  private readonly store = new DataKeyStore();

  constructor(
    private readonly audit: AuditLog,
    private readonly cache: KeyCache,
  ) {}

  /** @throws KeyInUseError */
  async destroy(tx: Tx, keyClass: KeyClass, which: number | 'all'): Promise<void> {
    const standing = (await this.store.lockAll(tx)).filter((key) => key.keyClass === keyClass && key.state !== 'destroyed');
    const condemned = standing.filter(({ generation }) => which === 'all' || generation === which);
    const used = which === 'all' ? undefined : condemned.find((key) => isInUse(key));
    if (used !== undefined) throw new KeyInUseError(keyClass, used.generation);
    for (const key of condemned) await this.store.destroy(tx, key);
    await this.audit.appendAll(
      tx,
      condemned.map(({ generation, suite, state, wrapped }) => ({
        action: 'dataKey.destroy',
        targetType: 'dataKey',
        targetId: `${keyClass}/${generation}`,
        detail: { suite, before: state, masterKey: wrapped?.masterKey ?? null },
      })),
    );
    this.cache.forget(`${tx.tenant.tenantId}/${keyClass}/`);
  }
}

function isInUse({ state, retiredAt }: DataKey): boolean {
  return state === 'active' || retiredAt === null || Date.now() - retiredAt.getTime() < SETTLING_MS;
}
