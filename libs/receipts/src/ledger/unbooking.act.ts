import type { ApprovedBy, DangerousAct } from '@app/approvals';
import { type ActChange, BookingUndoRequest, ProblemError } from '@app/contracts';
import type { Tx } from '@app/database';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { Bookings } from './bookings.service';

/** `bookedAt` says which booking: a bill may be booked anew. */
const UnbookingPayload = BookingUndoRequest.extend({ billId: z.uuid(), bookedAt: z.iso.datetime() });

/** The undoing of a booking as it is proposed. */
export type UnbookingPayload = z.infer<typeof UnbookingPayload>;

/** Takes a booking back once two persons want it. */
@Injectable()
export class UnbookingAct implements DangerousAct<UnbookingPayload> {
  readonly kind = 'bill.unbook' as const;
  readonly payload = UnbookingPayload;

  constructor(private readonly bookings: Bookings) {}

  async changes(tx: Tx, { billId, bookedAt }: UnbookingPayload): Promise<ActChange[]> {
    const { voucher, at } = await this.bookings.standing(tx, billId);
    if (at.toISOString() !== bookedAt) throw new ProblemError('approval-outdated');
    return [
      { field: 'voucher', before: voucher, after: null },
      { field: 'bookedAt', before: bookedAt, after: null },
    ];
  }

  async perform(tx: Tx, { billId, bookedAt, reason }: UnbookingPayload, approved: ApprovedBy): Promise<void> {
    await this.bookings.undoIn(tx, billId, { reason, bookedAt }, approved);
  }
}
