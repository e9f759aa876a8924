/** 法律保留: what it stands on is not erased until it is released. */
export interface LegalHold {
  id: string;
  targetType: 'bill' | 'receipt';
  targetId: string;
  reason: string;
  placedBy: { id: string; name: string };
  placedAt: Date;
  released: { by: { id: string; name: string }; at: Date; reason: string } | null;
}
