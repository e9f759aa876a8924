import { AuditLog } from '@app/audit';
import type { BillFilter, LocalizedText } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { type Row, writeCsv, writeXlsx } from '@app/tabular';
import { Quotas } from '@app/tenancy';
import { Injectable } from '@nestjs/common';
import { Readable } from 'node:stream';
import { v7 as uuidv7 } from 'uuid';
import { OneAtATime } from '../intake/one-at-a-time';
import { BillSearch } from './bill-search';
import { billColumns, billRowOf } from './bill-table';

/** How many bills one export may hold. A workbook is built in memory, a CSV file is not. */
export const EXPORT_LIMITS = { csv: 100_000, xlsx: 50_000 } as const;

/** Which bills, in which form. */
export interface BillExportOrder {
  filter: BillFilter;
  format: 'csv' | 'xlsx';
  language: keyof LocalizedText;
}

const CHUNK = 1_000;

/** Hands the ledger out as a table: no record of it, no table. */
@Injectable()
export class BillExports {
  private readonly turns = new OneAtATime();

  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly search: BillSearch,
    private readonly audit: AuditLog,
    private readonly quotas: Quotas,
  ) {}

  /** @throws ProblemError `export-too-large` when more bills match than the format may hold; `quota-exceeded` */
  async open(tenant: TenantContext, order: BillExportOrder): Promise<Readable> {
    const ids = await this.recorded(tenant, order);
    const columns = billColumns(order.language);
    const rows = this.rows(tenant, ids, order.language);
    if (order.format === 'csv') return Readable.from(writeCsv(columns, rows));
    return this.turns.run(async () => {
      const all: Row[] = [];
      for await (const row of rows) all.push(row);
      return Readable.from([await writeXlsx([{ name: SHEET[order.language], columns, rows: all }])]);
    });
  }

  /** The bills of the export; that they were exported is committed before the first of them is read. */
  private async recorded(tenant: TenantContext, { filter, format, language }: BillExportOrder): Promise<string[]> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const ids = await this.search.ids(tx, filter, EXPORT_LIMITS[format]);
      // Names of the filters and no values: elements and names of payees stay out of the audit.
      const filters = Object.entries<unknown>(filter)
        .filter(([, value]) => value !== undefined)
        .map(([name]) => name)
        .sort();
      const detail = { format, language, filters: filters.join(','), rows: ids.length };
      await this.audit.append(tx, { action: 'bill.export', targetType: 'export', targetId: uuidv7(), detail });
      await this.quotas.useForExport(tx);
      return ids;
    });
  }

  private async *rows(tenant: TenantContext, ids: readonly string[], language: keyof LocalizedText): AsyncGenerator<Row> {
    for (let at = 0; at < ids.length; at += CHUNK) {
      const bills = await this.unitOfWork.run(tenant, (tx) => this.search.byIds(tx, ids.slice(at, at + CHUNK)));
      for (const bill of bills) yield billRowOf(bill, language);
    }
  }
}

const SHEET: Readonly<LocalizedText> = { 'zh-CN': '票据台账', en: 'Ledger' };
