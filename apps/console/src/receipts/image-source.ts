import type { ReceiptView } from '@app/contracts';
import type { Turn } from './turned-picture';

/**
 * Where the picture of a page comes from. `original`: the upload itself, to be turned. `page`: the picture that was made when the receipt
 * was read, upright already. `notYet`: the upload is of a form that no browser shows, and its pages come with the reading.
 */
export type ImageSource = { kind: 'original'; turn: Turn; isData: boolean } | { kind: 'page'; number: number } | { kind: 'notYet' };

/** What every browser shows by itself, in full sharpness and before anything is read. */
const SHOWN_BY_BROWSERS = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'image/bmp']);

type Pictured = Pick<ReceiptView, 'mediaType' | 'state' | 'pageImages' | 'reading'>;

/** Where the picture of a page, numbered from 1, comes from. */
export function imageSourceOf({ mediaType, state, pageImages, reading }: Pictured, number: number): ImageSource {
  const isData = mediaType === 'application/xml';
  const original: ImageSource = { kind: 'original', turn: reading?.pages[number - 1]?.turned ?? 0, isData };
  if (SHOWN_BY_BROWSERS.has(mediaType) || isData) return original;
  if (pageImages[number - 1] !== undefined) return { kind: 'page', number };
  return state === 'queued' ? { kind: 'notYet' } : original;
}

/** How many pages of a receipt can be looked at; at least one, whatever it holds. */
export function pageCountOf({ pageImages, reading }: Pictured): number {
  return Math.max(1, pageImages.length, reading?.pages.length ?? 0);
}
