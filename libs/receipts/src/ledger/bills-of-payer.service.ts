import { AuditLog } from '@app/audit';
import type { BillPayerQuery } from '@app/contracts';
import { type TenantContext, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Bill } from './bill';
import { BillSearch } from './bill-search';

/** Finds the bills that somebody paid. Who was looked for is known to the database as a keyed hash only, and to the audit not at all. */
@Injectable()
export class BillsOfPayer {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly search: BillSearch,
    private readonly audit: AuditLog,
  ) {}

  /** Newest first; that somebody looked is on record with what was found, or nothing is told. */
  async page(tenant: TenantContext, { limit, cursor, ...filter }: BillPayerQuery): Promise<{ items: Bill[]; next: string | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const found = await this.search.page(tx, { filter, sort: 'newest', limit, cursor });
      const by = Object.keys(filter).sort().join(',');
      const detail = { by, bills: found.items.length };
      await this.audit.append(tx, { action: 'bill.findPayer', targetType: 'search', targetId: uuidv7(), detail });
      return found;
    });
  }
}
