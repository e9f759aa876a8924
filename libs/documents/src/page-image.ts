/** A page's pixels: 8-bit RGB interleaved, row-major, with EXIF orientation applied. */
export interface PageImage {
  width: number;
  height: number;
  rgb: Uint8Array;
}
