import type { ForwardingState, RecordedEntry } from '@app/audit';
import type { AuditEntryView, AuditForwardingView, AuditPage } from '@app/contracts';

/** An entry as the API shows it. */
export function toAuditEntryView(entry: RecordedEntry): AuditEntryView {
  const { id, recordedAt, action, outcome, actorType, actorId, actorName, actorRoles, targetType, targetId, detail } = entry;
  const { requestId, clientAddress, userAgent } = entry;
  const isOfRequest = requestId !== null || clientAddress !== null || userAgent !== null;
  return {
    ...{ id, recordedAt, action, detail, result: outcome },
    actor: { type: actorType, id: actorId, name: actorName, roles: actorRoles?.split(',').filter((role) => role !== '') ?? null },
    target: { type: targetType, id: targetId },
    origin: isOfRequest ? { requestId, clientAddress, userAgent } : null,
  };
}

/** One page. */
export function toAuditPage({ items, next }: { items: readonly RecordedEntry[]; next: string | null }): AuditPage {
  return { items: items.map(toAuditEntryView), next };
}

/** How far the forwarding is. */
export function toForwardingView(state: ForwardingState | null): AuditForwardingView {
  if (state === null) return { entries: '0', forwardedAt: null, lagSeconds: 0, failingSince: null, failure: null };
  const { entries, forwardedAt, failingSince, failure, lagSeconds } = state;
  return {
    ...{ entries, failure, lagSeconds },
    forwardedAt: forwardedAt?.toISOString() ?? null,
    failingSince: failingSince?.toISOString() ?? null,
  };
}
