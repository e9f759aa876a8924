import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Verification } from '../verification.entity';
import { VerificationStore } from '../verification.store';
import { BatchRow } from './batch-row.entity';
import { BatchRowStore } from './batch-row.store';

/** Far more than a window may ever hold. */
const MOST_BEGUN = 1_000;

/** Rows together with their verifications. */
@Injectable()
export class BegunRows {
  constructor(
    private readonly rows: BatchRowStore,
    private readonly verifications: VerificationStore,
  ) {}

  /** The rows that were asked and are not known to have ended. */
  async open(tx: Tx, batchId: string): Promise<BatchRow[]> {
    return this.rows.page(tx, batchId, { limit: MOST_BEGUN, after: 0, states: ['begun'] });
  }

  /** The verifications of rows, by their ids. */
  async verificationsOf(tx: Tx, rows: readonly BatchRow[]): Promise<Map<string, Verification>> {
    const ids = rows.flatMap(({ verificationId }) => verificationId ?? []);
    const found = await this.verifications.byIds(tx, ids);
    return new Map(found.map((verification) => [verification.id, verification]));
  }
}
