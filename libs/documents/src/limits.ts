/** What a document may cost: file size in bytes, pixels over all its pages, and pages. */
export interface DocumentLimits {
  maxBytes: number;
  maxPixels: number;
  maxPages: number;
}

/** 20 MB and 50 million pixels take a 600 dpi scan of A4 with room to spare; a decoded page needs three bytes a pixel. */
export const DEFAULT_LIMITS: Readonly<DocumentLimits> = { maxBytes: 20_971_520, maxPixels: 50_000_000, maxPages: 50 };

/** The default limits with some of them replaced. */
export function withDefaults(limits: Partial<DocumentLimits> = {}): DocumentLimits {
  return { ...DEFAULT_LIMITS, ...limits };
}
