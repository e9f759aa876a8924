import type { OtherInfo } from '@app/contracts';
import { TABLE, type Pen } from './items-table';
import { Typeface } from './typeface';

const SIZE = 21;
const LINE_HEIGHT = 34;
const GAP = 26;
const PADDING = 10;

/** Draws 其他信息 as running label:value pairs in its frame and answers where the frame ends. */
export function drawOtherInfo(pen: Pen, otherInfo: readonly OtherInfo[], top: number): number {
  const { sheet, ink } = pen;
  const right = TABLE.left + TABLE.width - PADDING;
  const label = sheet.text('其他信息：', TABLE.left + PADDING, top + 30, { size: SIZE, face: 'sans', colour: ink });
  let x = label.x + label.width;
  let line = 0;
  for (const { cn, value } of otherInfo) {
    const pair = `${cn}：${value}`;
    const width = Typeface.named('sans').width(pair, SIZE);
    if (x + width > right) {
      line += 1;
      x = TABLE.left + PADDING;
    }
    sheet.text(pair, x, top + 30 + line * LINE_HEIGHT, { size: SIZE, face: 'sans', colour: '#141414' });
    x += width + GAP;
  }
  const height = 44 + line * LINE_HEIGHT;
  sheet.frame({ x: TABLE.left, y: top, width: TABLE.width, height }, ink);
  return top + height;
}
