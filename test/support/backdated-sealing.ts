import { SealingStore } from '@app/audit';
import type { Tx } from '@app/database';
import type { DataSource } from 'typeorm';

const DAY_MS = 86_400_000;

/** Seals as if the database's clock had been behind by some days. */
export class BackdatedSealingStore extends SealingStore {
  constructor(
    dataSource: DataSource,
    private readonly days: number,
  ) {
    super(dataSource);
  }

  override now(_tx: Tx): Promise<string> {
    return Promise.resolve(new Date(Date.now() - this.days * DAY_MS).toISOString().replace('Z', '000Z'));
  }
}
