import type { TenantContext } from '@app/database';

/** When a sweep runs, and whether it is to stop. */
export interface SweepMoment {
  now: Date;
  signal: AbortSignal;
}

/** Removes one kind of leftovers of a tenant, a bounded number at a time; the next day's run goes on. */
export interface Sweep {
  name: string;
  /** How many were removed; each removal is on record with it. @throws whatever stopped it */
  run(tenant: TenantContext, moment: SweepMoment): Promise<number>;
}
