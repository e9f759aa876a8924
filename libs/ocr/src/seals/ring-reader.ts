import type { PageImage, PageSeal, Quad, RingReading } from '../page';
import type { LineReading } from '../recognize/line-recognizer';
import type { LineTensor } from '../recognize/line-tensor';
import { ringTensor } from './ring-tensor';
import { ringText } from './ring-text';

/** What reads a line that is a tensor already. */
export interface TensorReader {
  readTensor(line: LineTensor, quad: Quad): Promise<LineReading>;
}

/** Reads what stands along the inside of a round seal's ring; the text is empty where no letters are. */
export async function readRing(recognizer: TensorReader, page: PageImage, { ellipse, colour }: PageSeal): Promise<RingReading> {
  const place = ellipse && ringText(page, ellipse, colour);
  if (!place) return { text: '', confidence: 0, chars: [] };
  const { line, length, height } = ringTensor(page, ellipse, place, colour);
  const flat: Quad = [
    [0, 0],
    [length, 0],
    [length, height],
    [0, height],
  ];
  const { text, confidence, chars } = await recognizer.readTensor(line, flat);
  return { text, confidence, chars };
}
