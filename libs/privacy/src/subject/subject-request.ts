import type { SubjectRequestKind, SubjectRequestState } from '@app/contracts';
import { createHash } from 'node:crypto';

/** Records that name a person. */
export interface SubjectRecords {
  receipts: string[];
  verifications: string[];
}

/** Whom a request is about: by a payer's name or by the code beside it, exactly. */
export interface Subject {
  by: 'payer' | 'payerCode';
  text: string;
}

/** One file of an export in the object store. */
export interface ExportPart {
  key: string;
  byteSize: number;
  /** Of the clear bytes, in hex. */
  sha256: string;
}

/** A person's request. The name is no part of it: it lies sealed, and is opened only to search. */
export interface SubjectRequest {
  id: string;
  kind: SubjectRequestKind;
  state: SubjectRequestState;
  by: Subject['by'];
  reference: string;
  purpose: string;
  openedBy: { id: string; name: string };
  openedAt: Date;
  /** Calendar day in Asia/Shanghai. */
  dueOn: string;
  found: (SubjectRecords & { hash: string; at: Date }) | null;
  exports: ExportPart[];
  exportedAt: Date | null;
  approvalId: string | null;
  erased: number | null;
  held: number | null;
  leftOver: number | null;
  closed: { by: { id: string; name: string }; at: Date; reason: string } | null;
}

/** A request without the ids of what was found for it, which may be tens of thousands. */
export type SubjectRequestHead = Omit<SubjectRequest, 'found'> & {
  found: { receiptCount: number; verificationCount: number; hash: string; at: Date } | null;
};

/** By which rule the proofs of a request's erasure say that it happened. */
export const subjectRule = (requestId: string): string => `subject/${requestId}`;

/** SHA-256 over the ids of what was found, in hex, whatever their order. */
export function foundHash(requestId: string, { receipts, verifications }: SubjectRecords): string {
  const found = ['piaoyan/subject/1', requestId, [...receipts].sort(), [...verifications].sort()];
  return createHash('sha256').update(JSON.stringify(found)).digest('hex');
}
