import { createHash } from 'node:crypto';
import type { ActKind } from '@app/contracts';

/** SHA-256 of what is proposed, in hex: the same for the same kind, tenant and payload, whatever the order of its keys. */
export function payloadHash(tenantId: string, kind: ActKind, payload: object): string {
  return hashOf(['piaoyan/approval/1', tenantId, kind, ordered(payload)]);
}

/** SHA-256 of what a dry run of a proposal found, in hex; `payload` is the proposal's own hash. */
export function dryRunHash(payload: string, found: object | null): string {
  return hashOf(['piaoyan/dry-run/1', payload, ordered(found)]);
}

function hashOf(value: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, held]) => held !== undefined);
  return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, held]) => [name, ordered(held)]);
}
