import { outline } from './draw-page';

/** A seal to be drawn: its centre and half its sides, in pixels; `turn` is clockwise, in degrees. */
export interface DrawnSeal {
  x: number;
  y: number;
  across: number;
  down?: number;
  text?: string;
  below?: string;
  turn?: number;
  colour?: string;
}

/** SVG of a round or oval seal: a ring, a star, text along the ring with its feet to the centre, and a straight line below the star. */
export function drawSeal({ x, y, across, down = across, text = '', below = '', turn = 0, colour = '#d8241f' }: DrawnSeal): string {
  const size = 0.22 * down;
  const characters = Array.from(text);
  const step = Math.min(24, 240 / Math.max(1, characters.length - 1));
  const letters = characters.map((character, index) => {
    const angle = ((-90 + (index - (characters.length - 1) / 2) * step) * Math.PI) / 180;
    const [baseX, baseY] = [across - 0.33 * down, 0.67 * down];
    const [u, v] = [baseX * Math.cos(angle), baseY * Math.sin(angle)];
    const outward = (Math.atan2(v / baseY ** 2, u / baseX ** 2) * 180) / Math.PI;
    return `<path transform="translate(${u} ${v}) rotate(${outward + 90})" d="${outline({ text: character, x: -size / 2, y: 0, size })}"/>`;
  });
  const line = below && `<path d="${outline({ text: below, x: (-size * Array.from(below).length) / 2, y: 0.6 * down, size })}"/>`;
  const ring = `<ellipse rx="${across - 0.02 * down}" ry="${0.98 * down}" fill="none" stroke="${colour}" stroke-width="${0.045 * down}"/>`;
  const content = `${ring}${star(0.28 * down)}${letters.join('')}${line}`;
  return `<g transform="translate(${x} ${y}) rotate(${turn})" fill="${colour}" style="mix-blend-mode:multiply">${content}</g>`;
}

/** SVG of a rectangular seal with a word in it. */
export function drawNameSeal(x: number, y: number, side: number, text: string): string {
  const size = (0.8 * side) / Array.from(text).length;
  const word = outline({ text, x: x + 0.1 * side, y: y + side / 2 + size / 3, size });
  return `<rect x="${x}" y="${y}" width="${side}" height="${side}" fill="none" stroke="#d8241f" stroke-width="${0.06 * side}"/><path fill="#d8241f" d="${word}"/>`;
}

function star(radius: number): string {
  const corners = Array.from({ length: 10 }, (_, index) => {
    const reach = index % 2 === 0 ? radius : radius * 0.382;
    const angle = (index * 36 - 90) * (Math.PI / 180);
    return `${reach * Math.cos(angle)} ${reach * Math.sin(angle)}`;
  });
  return `<path d="M${corners.join('L')}Z"/>`;
}
