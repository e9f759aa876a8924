import type { PaintedType } from '@app/documents';

const EXTENSIONS: Record<PaintedType, string> = { 'image/webp': 'webp', 'image/svg+xml': 'svg' };

/**
 * Where the picture of a page lies in the object store. It begins with the key of the receipt's original: whatever removes the original
 * removes everything below this beginning.
 */
export function pagePictureKey(objectKey: string, number: number, mediaType: PaintedType): string {
  return `${objectKey}.page-${number}.${EXTENSIONS[mediaType]}`;
}

/** Name under which a page's picture is saved, `number` from 1. */
export function pagePictureName(fileName: string, number: number, mediaType: PaintedType): string {
  return `${fileName}-${number}.${EXTENSIONS[mediaType]}`;
}
