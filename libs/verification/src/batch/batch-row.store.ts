import type { BatchRowState, Verdict } from '@app/contracts';
import type { Tx } from '@app/database';
import { Keyring, openJson, type SealPlace } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import { In, MoreThan, type Repository } from 'typeorm';
import { BatchRow } from './batch-row.entity';

/** Rows of one INSERT: thirteen values each, and PostgreSQL takes 65,535 in one statement. */
const ROWS_PER_INSERT = 500;

const INSERTED = [
  ...['tenant_id', 'batch_id', 'number', 'line', 'state', 'content_sealed', 'elements_hash', 'errors', 'normalised'],
  ...['duplicate_of', 'receipt_id', 'receipt_bill', 'problem'],
];

/** Rows that a query says nothing of are not there: counts of them are 0. */
export type RowCounts = Partial<Record<BatchRowState, number>>;

/** All queries on the rows of batches. */
@Injectable()
export class BatchRowStore {
  constructor(private readonly keyring: Keyring) {}

  async insertAll(tx: Tx, rows: readonly BatchRow[]): Promise<void> {
    for (let at = 0; at < rows.length; at += ROWS_PER_INSERT) await this.insertSome(tx, rows.slice(at, at + ROWS_PER_INSERT));
  }

  /** At most `limit` rows behind the number `after`, in order; of these states only, where they are told. */
  async page(tx: Tx, batchId: string, page: { limit: number; after: number; states?: readonly BatchRowState[] }): Promise<BatchRow[]> {
    const found = await this.rows(tx).find({
      where: {
        tenantId: tx.tenant.tenantId,
        batchId,
        number: MoreThan(page.after),
        ...(page.states === undefined ? {} : { state: In(page.states) }),
      },
      order: { number: 'ASC' },
      take: page.limit,
    });
    for (const row of found) Object.assign(row, await this.content(tx, row));
    return found;
  }

  /** The hashes of what is still to be asked. */
  async pendingHashes(tx: Tx, batchId: string): Promise<string[]> {
    const rows: { hash: string }[] = await tx.manager.query(
      `select elements_hash as hash from verification_batch_row where tenant_id = $1 and batch_id = $2 and state = 'pending'`,
      [tx.tenant.tenantId, batchId],
    );
    return rows.map(({ hash }) => hash);
  }

  async counts(tx: Tx, batchId: string): Promise<RowCounts> {
    const rows: { state: BatchRowState; count: string }[] = await tx.manager.query(
      `select state, count(*) as count from verification_batch_row where tenant_id = $1 and batch_id = $2 group by state`,
      [tx.tenant.tenantId, batchId],
    );
    return Object.fromEntries(rows.map(({ state, count }) => [state, Number(count)]));
  }

  async verdicts(tx: Tx, batchId: string): Promise<Partial<Record<Verdict, number>>> {
    const rows: { verdict: Verdict; count: string }[] = await tx.manager.query(
      `select verdict, count(*) as count from verification_batch_row
       where tenant_id = $1 and batch_id = $2 and state = 'ended' group by verdict`,
      [tx.tenant.tenantId, batchId],
    );
    return Object.fromEntries(rows.map(({ verdict, count }) => [verdict, Number(count)]));
  }

  /** Charges of the batch's verifications by their state; those without one yet are left out. */
  async charges(tx: Tx, batchId: string): Promise<Record<string, number>> {
    const rows: { charge: string; count: string }[] = await tx.manager.query(
      `select v.charge, count(*) as count from verification_batch_row r
       join verification v on v.tenant_id = r.tenant_id and v.id = r.verification_id
       where r.tenant_id = $1 and r.batch_id = $2 and v.charge is not null group by v.charge`,
      [tx.tenant.tenantId, batchId],
    );
    return Object.fromEntries(rows.map(({ charge, count }) => [charge, Number(count)]));
  }

  async endedSince(tx: Tx, batchId: string, since: Date): Promise<number> {
    return this.rows(tx).countBy({ tenantId: tx.tenant.tenantId, batchId, state: 'ended', endedAt: MoreThan(since) });
  }

  /** Cancels what was not asked yet; answers how many rows. */
  async cancelPending(tx: Tx, batchId: string): Promise<number> {
    const { affected } = await this.rows(tx).update({ tenantId: tx.tenant.tenantId, batchId, state: 'pending' }, { state: 'cancelled' });
    return affected ?? 0;
  }

  /** Writes what feeding changed. */
  async saveFed(tx: Tx, row: BatchRow): Promise<void> {
    const { tenantId, batchId, number, state, problem, verificationId, verdict, endedAt } = row;
    await this.rows(tx).update({ tenantId, batchId, number }, { state, problem, verificationId, verdict, endedAt });
  }

  private async insertSome(tx: Tx, rows: readonly BatchRow[]): Promise<void> {
    const values: unknown[] = [];
    for (const row of rows) values.push(...valuesOf(row, await this.sealed(tx, row)));
    const places = rows.map((_, row) => `(${INSERTED.map((__, at) => `$${row * INSERTED.length + at + 1}`).join(', ')})`);
    await tx.manager.query(`insert into verification_batch_row (${INSERTED.join(', ')}) values ${places.join(', ')}`, values);
  }

  private async sealed(tx: Tx, row: BatchRow): Promise<Buffer> {
    const { given, reference, elements } = row;
    const content: RowContent = { given, reference, elements };
    return this.keyring.seal(tx, rowPlace(row), Buffer.from(JSON.stringify(content)));
  }

  private async content(tx: Tx, row: BatchRow): Promise<RowContent> {
    return (await openJson<RowContent>(this.keyring, tx, rowPlace(row), row.contentSealed)) ?? ERASED;
  }

  private rows(tx: Tx): Repository<BatchRow> {
    return tx.manager.getRepository(BatchRow);
  }
}

/** In the order of `INSERTED`. */
function valuesOf(row: BatchRow, contentSealed: Buffer): unknown[] {
  const { errors, normalised } = row;
  return [
    ...[row.tenantId, row.batchId, row.number, row.line, row.state, contentSealed],
    ...[row.elementsHash, JSON.stringify(errors), JSON.stringify(normalised)],
    ...[row.duplicateOf, row.receiptId, row.receiptBill, row.problem],
  ];
}

/** What of a row may not lie in clear. */
type RowContent = Pick<BatchRow, 'given' | 'reference' | 'elements'>;

/** Of a row whose batch is over and had its time. */
const ERASED: RowContent = { given: null, reference: '', elements: null };

/** Where the cells of a row are sealed. */
export function rowPlace({ batchId, number }: Pick<BatchRow, 'batchId' | 'number'>): SealPlace {
  return { dataClass: 'personal', purpose: 'verification_batch_row.content', rowId: `${batchId}/${number}` };
}
