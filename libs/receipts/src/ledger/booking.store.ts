import type { BillState } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import type { Bill, Booking } from './bill';

/** One booking of a bill, or one taken back. */
export interface BookingAct {
  act: 'book' | 'undo';
  voucher: string;
  reason: string | null;
  isOverride: boolean;
  /** State of the bill at that moment. */
  state: BillState;
  by: string;
  byName: string;
  at: Date;
}

/** Queries of 入账. The history is added to and never changed. */
@Injectable()
export class BookingStore {
  /** Sets or clears the booking of a held bill. */
  async set(tx: Tx, { id, nameTerms }: Bill, booking: Booking | null): Promise<void> {
    await tx.manager.query(
      `update bill set booked_at = $3, booked_by = $4, booked_by_name = $5, voucher = $6, name_terms = $7::bigint[] where tenant_id = $1 and id = $2`,
      [...[tx.tenant.tenantId, id, booking?.at ?? null, booking?.by ?? null, booking?.byName ?? null, booking?.voucher ?? null], nameTerms],
    );
  }

  async add(tx: Tx, billId: string, { act, voucher, reason, isOverride, state, by, byName, at }: BookingAct): Promise<void> {
    await tx.manager.query(
      `insert into bill_booking (tenant_id, id, bill_id, act, voucher, reason, is_override, state, created_by, created_by_name, created_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
      [tx.tenant.tenantId, uuidv7(), billId, act, voucher, reason, isOverride, state, by, byName, at],
    );
  }

  /** The acts on a bill, oldest first. */
  async acts(tx: Tx, billId: string): Promise<BookingAct[]> {
    return tx.manager.query(
      `select act, voucher, reason, is_override as "isOverride", state, created_by as by, created_by_name as "byName", created_at as at
       from bill_booking where tenant_id = $1 and bill_id = $2 order by id limit 100`,
      [tx.tenant.tenantId, billId],
    );
  }
}
