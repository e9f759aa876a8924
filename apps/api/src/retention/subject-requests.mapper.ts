import type { SubjectRequestPage, SubjectRequestSummary, SubjectRequestView } from '@app/contracts';
import { isPast, type SubjectRequest, type SubjectRequestHead, subjectRule } from '@app/privacy';

/** Ids of each kind in one answer. */
export const FOUND_IDS = 1_000;

/** A request as the API shows it, with the ids behind the first `after` of what was found: nobody's name is in it. */
export function toSubjectRequestView(request: SubjectRequest, after = 0): SubjectRequestView {
  return { ...toCommon(request), found: request.found && toFound(request.found, after) };
}

/** A page of requests, without ids. */
export function toSubjectRequestPage({ items, next }: { items: readonly SubjectRequestHead[]; next: string | null }): SubjectRequestPage {
  return { items: items.map(toSummary), next };
}

function toSummary(request: SubjectRequestHead): SubjectRequestSummary {
  const { found } = request;
  if (found === null) return { ...toCommon(request), found };
  const { receiptCount, verificationCount, hash, at } = found;
  return { ...toCommon(request), found: { receiptCount, verificationCount, foundHash: hash, foundAt: at.toISOString() } };
}

function toFound({ receipts, verifications, hash, at }: NonNullable<SubjectRequest['found']>, after: number): SubjectRequestView['found'] {
  const end = after + FOUND_IDS;
  return {
    ...{ receiptCount: receipts.length, verificationCount: verifications.length, foundHash: hash, foundAt: at.toISOString() },
    receipts: receipts.slice(after, end),
    verifications: verifications.slice(after, end),
    next: Math.max(receipts.length, verifications.length) > end ? end : null,
  };
}

function toCommon(request: Omit<SubjectRequest, 'found'>): Omit<SubjectRequestView, 'found'> {
  const { id, kind, state, by, reference, purpose, openedBy, openedAt, dueOn, exports, exportedAt, closed } = request;
  const isAnswered = state === 'done' || state === 'closed';
  return {
    ...{ id, kind, state, by, reference, purpose, openedBy, openedAt: openedAt.toISOString(), dueOn },
    isOverdue: !isAnswered && isPast(dueOn, new Date()),
    exports: exports.map(({ byteSize, sha256 }, at) => ({ number: at + 1, byteSize, sha256 })),
    exportedAt: exportedAt?.toISOString() ?? null,
    erasure: erasureOf(request),
    closed: closed && { ...closed, at: closed.at.toISOString() },
  };
}

function erasureOf({ id, approvalId, erased, held, leftOver }: Omit<SubjectRequest, 'found'>): SubjectRequestView['erasure'] {
  return approvalId === null ? null : { approvalId, rule: subjectRule(id), erased, held, left: leftOver };
}
