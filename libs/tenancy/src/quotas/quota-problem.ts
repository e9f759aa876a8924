import { ProblemError, QUOTA_NAMES, type QuotaKind } from '@app/contracts';
import { freeAt } from './quota-period';

/** How soon a caller should ask again where room comes back as receipts are read. */
const READING_RETRY_SECONDS = 60;

/** What a caller is told whose tenant has no room left: which quota, its bound, and when it is free again. */
export function quotaProblem(kind: QuotaKind, limit: number, at: Date): ProblemError {
  const detail = `${QUOTA_NAMES[kind].en}: the quota is ${limit}`;
  if (kind === 'storedBytes') return new ProblemError('storage-quota-exceeded', { detail });
  const free = freeAt(kind, at);
  if (free === null) return new ProblemError('quota-exceeded', { detail, retryAfterSeconds: READING_RETRY_SECONDS });
  const retryAfterSeconds = Math.max(1, Math.ceil((free.getTime() - at.getTime()) / 1_000));
  return new ProblemError('quota-exceeded', { detail: `${detail}; free again at ${free.toISOString()}`, retryAfterSeconds });
}
