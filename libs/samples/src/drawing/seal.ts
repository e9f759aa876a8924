import { number } from './sheet';
import { EM, Typeface } from './typeface';

const SEAL_RED = '#d8241f';

/** The finance department's oval seal over the title. */
export function supervisorSeal(centreX: number, centreY: number, regionName: string): string {
  const ring = ringText('全国统一财政票据监制章', { radiusX: 76, radiusY: 42, size: 15, fromDegrees: -158, toDegrees: -22 });
  return seal(
    centreX,
    centreY,
    0,
    `<ellipse rx="92" ry="57" fill="none" stroke="${SEAL_RED}" stroke-width="3.2"/><ellipse rx="87" ry="52" fill="none" stroke="${SEAL_RED}" stroke-width="1"/>` +
      `${ring}${straightText(regionName, 7, 19)}${straightText('财政部监制', 33, 15)}`,
  );
}

/** The round seal of the collecting unit, slightly turned as a hand would. */
export function payeeSeal(centreX: number, centreY: number, payee: string, turnDegrees: number): string {
  const spread = Math.min(250, 26 * Array.from(payee).length);
  const ring = ringText(payee, { radiusX: 72, radiusY: 72, size: 23, fromDegrees: -90 - spread / 2, toDegrees: -90 + spread / 2 });
  return seal(
    centreX,
    centreY,
    turnDegrees,
    `<circle r="97" fill="none" stroke="${SEAL_RED}" stroke-width="4.5"/>${star(31)}${ring}${straightText('财务专用章', 66, 20)}`,
  );
}

function seal(x: number, y: number, turnDegrees: number, content: string): string {
  return `<g transform="translate(${number(x)} ${number(y)}) rotate(${number(turnDegrees)})" fill="${SEAL_RED}" opacity="0.72">${content}</g>`;
}

interface Ring {
  radiusX: number;
  radiusY: number;
  size: number;
  fromDegrees: number;
  toDegrees: number;
}

/** Characters stand on an ellipse, feet to the centre; 0 degrees is to the right, growing clockwise. */
function ringText(text: string, ring: Ring): string {
  const characters = Array.from(text);
  const step = (ring.toDegrees - ring.fromDegrees) / Math.max(1, characters.length - 1);
  return characters
    .map((character, index) => {
      const angle = ((ring.fromDegrees + index * step) * Math.PI) / 180;
      const [x, y] = [ring.radiusX * Math.cos(angle), ring.radiusY * Math.sin(angle)];
      const outward = (Math.atan2(y / ring.radiusY ** 2, x / ring.radiusX ** 2) * 180) / Math.PI;
      return glyph(character, ring.size, `translate(${number(x)} ${number(y)}) rotate(${number(outward + 90)})`);
    })
    .join('');
}

function straightText(text: string, baseline: number, size: number): string {
  const face = Typeface.named('serif');
  let cursor = -face.width(text, size) / 2;
  return Array.from(text)
    .map((character) => {
      const advance = (face.outline(character).advance * size) / EM;
      cursor += advance;
      return glyph(character, size, `translate(${number(cursor - advance / 2)} ${number(baseline)})`);
    })
    .join('');
}

function glyph(character: string, size: number, place: string): string {
  const { path, advance } = Typeface.named('serif').outline(character);
  return `<path transform="${place} scale(${number(size / EM)}) translate(${number(-advance / 2)} 0)" d="${path}"/>`;
}

function star(radius: number): string {
  const corners = Array.from({ length: 10 }, (_, index) => {
    const reach = index % 2 === 0 ? radius : radius * 0.382;
    const angle = (index * 36 - 90) * (Math.PI / 180);
    return `${number(reach * Math.cos(angle))} ${number(reach * Math.sin(angle))}`;
  });
  return `<path d="M${corners.join('L')}Z"/>`;
}
