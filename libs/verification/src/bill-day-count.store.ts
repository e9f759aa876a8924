import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';

/** Verifications that one bill may have on one Shanghai day, of all tenants and both providers together. */
export const DAILY_LIMIT_PER_BILL = 5;

/**
 * Counts the calls of a bill per day, across tenants. The table holds keyed hashes and days, nothing of a tenant, and is reached
 * through three functions of the database's owner only: no role may read who asked, or for what.
 */
@Injectable()
export class BillDayCount {
  /** Takes one of the day's places; false when none is left. Others who ask for the same bill wait for this transaction. */
  async take(tx: Tx, billHash: string, day: string): Promise<boolean> {
    const rows: { taken: boolean }[] = await tx.manager.query('select bill_day_take($1, $2, $3) as taken', [
      billHash,
      day,
      DAILY_LIMIT_PER_BILL,
    ]);
    return rows[0]?.taken === true;
  }

  /** Gives a place back: the reply proved that nothing was looked up. */
  async giveBack(tx: Tx, billHash: string, day: string): Promise<void> {
    await tx.manager.query('select bill_day_give_back($1, $2)', [billHash, day]);
  }

  /** The provider says that its own count is full; ours follows. */
  async fill(tx: Tx, billHash: string, day: string): Promise<void> {
    await tx.manager.query('select bill_day_fill($1, $2, $3)', [billHash, day, DAILY_LIMIT_PER_BILL]);
  }

  /** How many places the day has left. Exact while this transaction holds one it took. */
  async left(tx: Tx, billHash: string, day: string): Promise<number> {
    const rows: { left: number }[] = await tx.manager.query('select bill_day_left($1, $2, $3) as left', [
      billHash,
      day,
      DAILY_LIMIT_PER_BILL,
    ]);
    return Math.max(0, rows[0]?.left ?? 0);
  }
}
