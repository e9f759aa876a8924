import { create } from 'qrcode';
import { number, type Box } from './sheet';

/** A QR code (error correction M) that fills the box; the quiet zone is the paper around it. */
export function qrCode(text: string, box: Box): string {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const module = box.width / modules.size;
  let path = '';
  for (let row = 0; row < modules.size; row++) {
    for (let column = 0; column < modules.size; column++) {
      if (modules.get(row, column)) path += `M${column} ${row}h1v1h-1z`;
    }
  }
  return `<path transform="translate(${number(box.x)} ${number(box.y)}) scale(${number(module)})" shape-rendering="crispEdges" fill="#000" d="${path}"/>`;
}
