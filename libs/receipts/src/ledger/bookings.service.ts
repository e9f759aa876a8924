import type { ApprovedBy, Proposal } from '@app/approvals';
import { AuditLog } from '@app/audit';
import { type BookingRequest, type BookingUndoRequest, ProblemError } from '@app/contracts';
import { type TenantContext, type Tx, UnitOfWork } from '@app/database';
import { Injectable } from '@nestjs/common';
import type { Bill, Booking } from './bill';
import { BillStore } from './bill.store';
import { BillSecrets } from './bill-secrets';
import { billWords, joinedTerms, MOST_TERMS } from './bill-words';
import { type BookingAct, BookingStore } from './booking.store';

/** 入账: a bill is booked once. What was booked can be taken back, which is an act of its own; nothing of either is ever forgotten. */
@Injectable()
export class Bookings {
  constructor(
    private readonly unitOfWork: UnitOfWork,
    private readonly bills: BillStore,
    private readonly store: BookingStore,
    private readonly audit: AuditLog,
    private readonly secrets: BillSecrets,
  ) {}

  /**
   * @throws ProblemError `bill-booked` with who, when and voucher of the first; `bill-not-verified` for a bill that is no undoubted match,
   *   unless overridden
   */
  async book(tenant: TenantContext, id: string, { voucher, override, reason }: BookingRequest): Promise<void> {
    await this.unitOfWork.run(tenant, async (tx) => {
      const bill = await this.held(tx, id);
      if (bill.booking !== null) throw new ProblemError('bill-booked', { detail: told(bill.booking) });
      const isSound = bill.state === 'match' && !bill.isContradicted;
      if (!isSound && !override) throw new ProblemError('bill-not-verified');
      const { id: by, name: byName } = tenant.actor;
      const at = new Date();
      await this.remember(tx, bill, { voucher, by, byName, at });
      const act = { act: 'book' as const, voucher, reason: reason ?? null, isOverride: !isSound, state: bill.state, by, byName, at };
      await this.record(tx, bill, act);
    });
  }

  /** The undoing of the booking that stands, to be proposed: it takes a second person. @throws ProblemError `bill-not-booked` */
  async undoing(tenant: TenantContext, id: string, { reason }: BookingUndoRequest): Promise<Proposal> {
    const { at } = await this.unitOfWork.run(tenant, (tx) => this.standing(tx, id));
    const payload = { billId: id, bookedAt: at.toISOString(), reason };
    return { kind: 'bill.unbook', payload, target: { type: 'bill', id }, reason };
  }

  /**
   * Takes a booking back, in the transaction of the approval, and the very booking that it is about.
   * @throws ProblemError `bill-not-booked`; `approval-outdated` when the bill was booked anew meanwhile
   */
  async undoIn(tx: Tx, id: string, { reason, bookedAt }: BookingUndoRequest & { bookedAt: string }, approved: ApprovedBy): Promise<void> {
    const bill = await this.held(tx, id);
    if (bill.booking === null) throw new ProblemError('bill-not-booked');
    const { voucher, at } = bill.booking;
    if (at.toISOString() !== bookedAt) throw new ProblemError('approval-outdated');
    const { id: by, name: byName } = tx.tenant.actor;
    await this.store.set(tx, bill, null);
    const act = { act: 'undo' as const, voucher, reason, isOverride: false, state: bill.state, by, byName, at: new Date() };
    await this.record(tx, bill, act, approved);
  }

  /** The booking of a bill, which is held. @throws ProblemError `not-found`, `bill-not-booked` */
  async standing(tx: Tx, id: string): Promise<Booking> {
    const { booking } = await this.held(tx, id);
    if (booking === null) throw new ProblemError('bill-not-booked');
    return booking;
  }

  private async held(tx: Tx, id: string): Promise<Bill> {
    const bill = await this.bills.lock(tx, id);
    if (bill === null) throw new ProblemError('not-found');
    return bill;
  }

  /** The voucher becomes one of the words that the bill is found by, and stays one when it is taken back. */
  private async remember(tx: Tx, bill: Bill, booking: Booking): Promise<void> {
    const secret = await this.secrets.of(tx, { names: [booking.voucher] });
    const words = billWords({ payee: null, titles: [], secret });
    await this.store.set(tx, { ...bill, nameTerms: joinedTerms(bill.nameTerms, words.nameTerms, MOST_TERMS.names) }, booking);
    await this.bills.addWords(tx, { bill, words, link: null });
  }

  private async record(tx: Tx, { id }: Bill, act: BookingAct, approved?: ApprovedBy): Promise<void> {
    await this.store.add(tx, id, act);
    await this.audit.append(tx, {
      action: act.act === 'book' ? 'bill.book' : 'bill.unbook',
      targetType: 'bill',
      targetId: id,
      detail: {
        ...{ state: act.state, isOverride: act.isOverride, voucher: act.voucher, reason: act.reason },
        ...(approved && { approvalId: approved.approvalId, proposedBy: approved.proposedBy }),
      },
    });
  }
}

function told({ voucher, byName, at }: Booking): string {
  return `Booked at ${at.toISOString()} by ${byName} with voucher ${voucher}`;
}
