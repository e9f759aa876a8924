/** Forms in which a page is shown: pixels, or a drawing of the text that the file gives. Every browser shows both as pictures. */
export type PaintedType = 'image/webp' | 'image/svg+xml';

/** A page as a person is to see it: upright, and small enough to be sent to a browser. */
export interface PaintedPage {
  mediaType: PaintedType;
  bytes: Buffer;
}
