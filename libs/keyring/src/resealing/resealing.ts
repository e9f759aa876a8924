import type { AuditLog } from '@app/audit';
import { UnsealError } from '@app/crypto';
import type { TenantContext, Tx, UnitOfWork } from '@app/database';
import type { DataClass } from '../data-class';
import { DataKeyStore } from '../data-key.store';
import type { Keyring } from '../keyring';
import { type PlacedColumn, type SealedRow, shapeOf } from '../sealed-column';
import { type SealedPosition, SealedValueStore } from './sealed-value.store';

/** How values are moved. */
export interface ResealingParts {
  unitOfWork: UnitOfWork;
  audit: AuditLog;
  /** Seals as everything is to be sealed from now on. */
  keyring: Keyring;
  /** Every sealed column of the database. */
  columns: readonly PlacedColumn[];
}

/** What was done to a column of a tenant. */
export interface ResealedColumn {
  column: string;
  moved: number;
  /** Values that do not open: their key was destroyed, or they were altered. They stay as they are. */
  unopened: number;
  /** What is not under the current key, those that do not open among them. */
  left: number;
}

/** A transaction that looked at rows. */
export interface ResealedBatch {
  column: string;
  rows: number;
}

export interface ResealingPace {
  /** Values in one transaction. */
  batchRows: number;
  onBatch?: (batch: ResealedBatch) => void;
}

/** Values that others held, or sealed meanwhile under the key they knew, are found in another pass; who writes for ever is not waited for. */
const MAX_PASSES = 5;

/**
 * Seals values anew, under the current key and suite of their class, while the product runs. What is done is seen in the values themselves:
 * broken off at any point, the same call goes on with what is left.
 */
export class Resealing {
  private readonly keys = new DataKeyStore();
  private readonly values = new SealedValueStore();

  constructor(private readonly parts: ResealingParts) {}

  /** The columns of a class that its tenant has values in, one after the other. */
  async reseal(tenant: TenantContext, dataClass: DataClass, pace: ResealingPace): Promise<ResealedColumn[]> {
    if (!(await this.hasKeys(tenant, dataClass))) return [];
    const done: ResealedColumn[] = [];
    for (const column of this.parts.columns.filter((one) => shapeOf(one).dataClass === dataClass)) {
      done.push(await this.resealColumn(tenant, column, pace));
    }
    return done.filter(({ moved, left }) => moved + left > 0);
  }

  private async hasKeys(tenant: TenantContext, dataClass: DataClass): Promise<boolean> {
    return this.parts.unitOfWork.run(tenant, async (tx) => (await this.keys.all(tx)).some(({ keyClass }) => keyClass === dataClass));
  }

  private async resealColumn(tenant: TenantContext, column: PlacedColumn, pace: ResealingPace): Promise<ResealedColumn> {
    const position = await this.parts.unitOfWork.run(tenant, (tx) => this.values.position(tx, column));
    const total = { column: column.name, moved: 0, unopened: 0, left: 0 };
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      const { moved, unopened } = await this.pass(tenant, { column, position }, pace);
      total.moved += moved;
      total.unopened = unopened;
      total.left = await this.parts.unitOfWork.run(tenant, async (tx) =>
        this.values.countStale(tx, position, await this.headOf(tx, column)),
      );
      if (total.left <= unopened) break;
    }
    return total;
  }

  private async pass(tenant: TenantContext, at: { column: PlacedColumn; position: SealedPosition }, pace: ResealingPace) {
    const seen = { moved: 0, unopened: 0 };
    let after: readonly unknown[] | null = null;
    for (;;) {
      const rows: SealedRow[] = await this.parts.unitOfWork.run(tenant, async (tx) => {
        const page = { head: await this.headOf(tx, at.column), after, limit: pace.batchRows };
        const taken = await this.values.takeStale(tx, at.position, page);
        const unopened = await this.moveAll(tx, at, taken);
        seen.unopened += unopened;
        seen.moved += taken.length - unopened;
        await this.record(tx, at.column, page.head, { rows: taken.length - unopened, unopened });
        return taken;
      });
      const last = rows.at(-1);
      if (last === undefined) return seen;
      pace.onBatch?.({ column: at.column.name, rows: rows.length });
      after = at.position.key.map((name) => last[name]);
    }
  }

  /** How many did not open. */
  private async moveAll(tx: Tx, { column, position }: { column: PlacedColumn; position: SealedPosition }, rows: readonly SealedRow[]) {
    let unopened = 0;
    for (const row of rows) {
      const sealed = await this.anew(tx, column, row, row[position.column]);
      if (sealed === null) unopened += 1;
      else await this.values.replace(tx, position, row, sealed);
    }
    return unopened;
  }

  /** Null for a value that does not open. */
  private async anew(tx: Tx, column: PlacedColumn, row: SealedRow, sealed: unknown): Promise<Buffer | null> {
    if (!Buffer.isBuffer(sealed)) throw new Error(`${column.name} holds bytes`);
    const place = column.place(row);
    try {
      const plain = await this.parts.keyring.open(tx, place, sealed);
      const moved = await this.parts.keyring.seal(tx, place, plain);
      plain.fill(0);
      return moved;
    } catch (error) {
      if (error instanceof UnsealError) return null;
      throw error;
    }
  }

  private async record(tx: Tx, column: PlacedColumn, head: Buffer, counts: { rows: number; unopened: number }): Promise<void> {
    if (counts.rows === 0) return;
    const { dataClass } = shapeOf(column);
    await this.parts.audit.append(tx, {
      action: 'dataKey.reseal',
      targetType: 'dataKey',
      targetId: `${dataClass}/${head.readUInt32BE(1)}`,
      detail: { column: column.name, ...counts },
    });
  }

  private headOf(tx: Tx, column: PlacedColumn): Promise<Buffer> {
    return this.parts.keyring.headNow(tx, shapeOf(column).dataClass);
  }
}
