import type { BillKind } from '@app/contracts';

/** Kinds of bills that can be made up. */
export const SAMPLE_KINDS = [
  'medical-outpatient',
  'medical-inpatient',
  'non-tax',
  'settlement',
  'donation',
] as const satisfies readonly BillKind[];
export type SampleKind = (typeof SAMPLE_KINDS)[number];
