import type { Tx } from './tx';

const KEPT_MS = 1_000;
const MOST_TENANTS = 10_000;

/** What is asked for with every request and seldom changes, kept by tenant: a change is known in every process a second later. */
export class KeptByTenant<T> {
  private readonly kept = new Map<string, { value: T; until: number }>();

  /** What is kept of the transaction's tenant, at most a second old, or else what `load` gives. */
  async get({ tenant: { tenantId } }: Tx, load: () => Promise<T>): Promise<T> {
    const kept = this.kept.get(tenantId);
    if (kept !== undefined && kept.until > Date.now()) return kept.value;
    const value = await load();
    if (this.kept.size >= MOST_TENANTS) this.kept.clear();
    this.kept.set(tenantId, { value, until: Date.now() + KEPT_MS });
    return value;
  }

  /** After a change of this process's own. */
  forget({ tenant: { tenantId } }: Tx): void {
    this.kept.delete(tenantId);
  }
}
