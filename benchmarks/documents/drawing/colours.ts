import type { Decision, Source } from '@app/contracts';

/** The colour of a field's frame and name. */
export const SOURCE_COLOURS: Readonly<Record<Source, string>> = {
  xml: '#7b1fa2',
  text: '#1565c0',
  qr: '#e65100',
  ocr: '#00796b',
  manual: '#616161',
};

/** The colour of a bill's outline and of its heading. */
export const DECISION_COLOURS: Readonly<Record<Decision, string>> = { auto: '#2e7d32', review: '#f9a825', refuse: '#c62828' };

export const WRONG_COLOUR = '#d50000';
export const INK = '#212121';
