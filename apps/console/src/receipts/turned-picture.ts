import type { ReadPage } from '@app/contracts';
import type { Size } from './image-view';

export type Turn = ReadPage['turned'];

/** Size of a picture after it was turned: a quarter swaps its sides. */
export function turnedSize({ width, height }: Size, turn: Turn): Size {
  return turn === 90 || turn === 270 ? { width: height, height: width } : { width, height };
}

/** Draws a picture turned clockwise and gives it as a PNG: everything that is placed on it then needs to know one orientation only. */
export async function turnPicture(picture: ImageBitmap, turn: Turn): Promise<Blob> {
  const { width, height } = turnedSize(picture, turn);
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gave no canvas to draw on');
  context.translate(width / 2, height / 2);
  context.rotate((turn * Math.PI) / 180);
  context.drawImage(picture, -picture.width / 2, -picture.height / 2);
  return canvas.convertToBlob();
}
