import { BookingRequest, BookingUndoRequest } from '@app/contracts';

/** 入账 as it stands in its form. */
export interface BookingDraft {
  readonly voucher: string;
  readonly reason: string;
  /** A person said that the bill is to be booked although it is no undoubted match. */
  readonly isOverridden: boolean;
}

export const EMPTY_BOOKING: BookingDraft = { voucher: '', reason: '', isOverridden: false };

/** The request, or null while something is missing. The override is asked for only where the bill needs one and a person gave it. */
export function bookingRequest({ voucher, reason, isOverridden }: BookingDraft, needsOverride: boolean): BookingRequest | null {
  if (needsOverride && !isOverridden) return null;
  const given = { voucher: voucher.trim(), ...(needsOverride && { override: true, reason: reason.trim() }) };
  return BookingRequest.safeParse(given).data ?? null;
}

/** The request that takes 入账 back, or null without a reason. */
export function undoRequest(reason: string): BookingUndoRequest | null {
  return BookingUndoRequest.safeParse({ reason: reason.trim() }).data ?? null;
}
