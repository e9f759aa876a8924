import type { FieldCorrection, FieldName } from '@app/contracts';
import { maskField } from './mask-field';

type CorrectedFields = Partial<Record<FieldName, FieldCorrection>>;

/** What a person corrected, for a caller that may not see whose bill it is. */
export function maskCorrection(fields: CorrectedFields): CorrectedFields {
  const masked = Object.entries(fields).map(([name, { from, to }]) => {
    const mask = (value: string): string => maskField(name as FieldName, value);
    return [name, { from: from === null ? null : mask(from), to: mask(to) }] as const;
  });
  return Object.fromEntries(masked);
}

/**
 * What a person meant who saw `current` masked: a value that comes back as it was shown is the value that stands. Otherwise a review of
 * another field would write asterisks over a name.
 */
export function meantValue(name: FieldName, said: string, current: string | null): string {
  return current !== null && said !== current && said.includes('*') && said === maskField(name, current) ? current : said;
}
