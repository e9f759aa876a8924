import { AuditLog, readOf } from '@app/audit';
import { type BillFilter, type BillSort, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Keyring } from '@app/keyring';
import { Injectable } from '@nestjs/common';
import type { Bill } from './bill';
import { BillSearch } from './bill-search';
import { inTurn } from '../sealing/in-turn';
import { openedFileName } from '../sealing/file-name';
import { BillStore } from './bill.store';
import type { AskedBills } from './wanted-bills';
import { BookingStore, type BookingAct } from './booking.store';

/** One upload that shows a bill. */
export interface BillReceipt {
  receiptId: string;
  billIndex: number;
  fileName: string;
  sha256: string;
  uploadedBy: string;
  /** As the audit has it. */
  uploadedByName: string;
  uploadedAt: Date;
}

/** A bill, the uploads that show it, and what was booked and taken back, each oldest first. */
export interface BillDetail {
  bill: Bill;
  receipts: BillReceipt[];
  acts: BookingAct[];
}

/** What is asked of the ledger: without `sort`, a range of days or amounts sorts by itself, and all else by `newest`. */
export interface BillQuestion extends AskedBills {
  sort?: BillSort | undefined;
  limit: number;
  cursor?: string | undefined;
}

const MAX_RECEIPTS = 100;

/** 票据台账, as people look at it. */
@Injectable()
export class Bills {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly store: BillStore,
    private readonly search: BillSearch,
    private readonly bookings: BookingStore,
    private readonly audit: AuditLog,
    private readonly keyring: Keyring,
  ) {}

  async page(tenant: TenantContext, { sort, limit, cursor, ...filter }: BillQuestion): Promise<{ items: Bill[]; next: string | null }> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const page = await this.search.page(tx, { filter, sort: sort ?? orderOf(filter), limit, cursor });
      const rows = page.items.length;
      if (rows > 0) await this.audit.append(tx, readOf('list', 'bills', { kinds: 'bill', rows }));
      return page;
    });
  }

  /** @throws ProblemError `not-found`, for a foreign bill as for a missing one */
  async get(tenant: TenantContext, id: string): Promise<BillDetail> {
    return this.unitOfWork.run(tenant, async (tx) => {
      const bill = await this.store.find(tx, id);
      if (bill === null) throw new ProblemError('not-found');
      const detail = { bill, receipts: await this.receipts(tx, id), acts: await this.bookings.acts(tx, id) };
      await this.audit.append(tx, readOf('bill', id, { kinds: 'bill' }));
      return detail;
    });
  }

  private async receipts(tx: Tx, id: string): Promise<BillReceipt[]> {
    const rows = await tx.manager.query<(Omit<BillReceipt, 'fileName'> & { fileNameSealed: Buffer | null })[]>(
      `select l.receipt_id as "receiptId", l.bill_index as "billIndex", r.file_name_sealed as "fileNameSealed", r.sha256, r.created_by as "uploadedBy",
         coalesce((select a.actor_name from audit_entry a where a.tenant_id = l.tenant_id and a.target_type = 'receipt'
           and a.target_id = r.id::text and a.action = 'receipt.upload' limit 1), '') as "uploadedByName", r.created_at as "uploadedAt"
       from bill_receipt l join receipt r on r.tenant_id = l.tenant_id and r.id = l.receipt_id
       where l.tenant_id = $1 and l.bill_id = $2 order by l.receipt_id, l.bill_index limit ${MAX_RECEIPTS}`,
      [tx.tenant.tenantId, id],
    );
    return inTurn(rows, async ({ fileNameSealed, ...row }) => {
      const fileName = await openedFileName(this.keyring, tx, { id: row.receiptId, fileNameSealed });
      return { ...row, fileName };
    });
  }
}

/** A range is looked through in its own order: its bills lie side by side in the index. */
function orderOf(filter: BillFilter): BillSort {
  if (filter.issuedFrom !== undefined || filter.issuedTo !== undefined) return 'issueDate';
  return filter.amountFrom !== undefined || filter.amountTo !== undefined ? 'amount' : 'newest';
}
