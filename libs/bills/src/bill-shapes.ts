import { lexicons, type KnownShapes } from '@app/ocr/shapes';
import { REGIONS } from './codes/bill-code';
import { PRINT_SHAPES } from './fields/shapes';
import { LABELS } from './labels/label-lexicon';
import { TITLE_PHRASES } from './title/title-lexicon';

const TITLE = lexicons([[...REGIONS.values()], TITLE_PHRASES.map(({ text }) => text), ['（电子）', '']], { slips: true });

/**
 * What is known of fiscal bills, for the engine that reads their lines: the shapes of the values after their labels, the closed set of
 * titles (province by kind), and the amount in words, which nothing else on a bill looks like.
 */
export const BILL_SHAPES: KnownShapes = {
  labels: LABELS.map(({ text, role }) => ({
    text,
    shape: role in PRINT_SHAPES ? PRINT_SHAPES[role as keyof typeof PRINT_SHAPES] : undefined,
  })),
  lines: [TITLE, PRINT_SHAPES.totalAmountInWords],
};
