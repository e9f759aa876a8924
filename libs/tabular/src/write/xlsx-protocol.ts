import type { Row } from './column';
import type { Sheet } from './sheet';

/** What the thread is started with: the sheets, whose rows come after. */
export type EmptySheet = Omit<Sheet, 'rows'>;

/** Rows for one sheet, or word that there are no more. */
export type XlsxRequest = { sheet: number; rows: readonly Row[] } | 'end';
