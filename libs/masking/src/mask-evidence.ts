import type { Evidence } from '@app/contracts';
import { hide } from './hide';
import { maskField } from './mask-field';

/** What was read beside what was told, for a caller that may not see whose bill it is: that they agree or differ stays visible. */
export function maskEvidence(evidence: readonly Evidence[]): Evidence[] {
  return evidence.map((one) => ({ ...one, read: maskSide(one.field, one.read), told: maskSide(one.field, one.told) }));
}

function maskSide(field: Evidence['field'], text: string): string {
  if (field === 'items') return hide(text);
  return field === 'itemAmounts' ? text : maskField(field, text);
}
