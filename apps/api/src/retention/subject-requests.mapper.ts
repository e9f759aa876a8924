import type { SubjectRequestPage, SubjectRequestView } from '@app/contracts';
import { isPast, type SubjectRequest, subjectRule } from '@app/privacy';

/** A request as the API shows it: nobody's name is in it. */
export function toSubjectRequestView(request: SubjectRequest): SubjectRequestView {
  const { id, kind, state, by, reference, purpose, openedBy, openedAt, dueOn, found, exports, exportedAt, closed } = request;
  const isAnswered = state === 'done' || state === 'closed';
  return {
    ...{ id, kind, state, by, reference, purpose, openedBy, openedAt: openedAt.toISOString(), dueOn },
    isOverdue: !isAnswered && isPast(dueOn, new Date()),
    found: found && {
      ...{ receipts: found.receipts, verifications: found.verifications, foundHash: found.hash, foundAt: found.at.toISOString() },
    },
    exports: exports.map(({ byteSize, sha256 }, at) => ({ number: at + 1, byteSize, sha256 })),
    exportedAt: exportedAt?.toISOString() ?? null,
    erasure: erasureOf(request),
    closed: closed && { ...closed, at: closed.at.toISOString() },
  };
}

export function toSubjectRequestPage({ items, next }: { items: readonly SubjectRequest[]; next: string | null }): SubjectRequestPage {
  return { items: items.map(toSubjectRequestView), next };
}

function erasureOf({ id, approvalId, erased, held, leftOver }: SubjectRequest): SubjectRequestView['erasure'] {
  return approvalId === null ? null : { approvalId, rule: subjectRule(id), erased, held, left: leftOver };
}
