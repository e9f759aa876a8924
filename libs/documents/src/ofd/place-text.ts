import type { PlacedChar } from '../text/placed-char';
import type { XmlElement } from '../xml/read-xml';
import { apply, compose, type Matrix, type Point } from './geometry';
import { readNumber, readSteps } from './read-numbers';

/** How far above its baseline a character reaches, as a share of its size. */
const ASCENT = 0.86;

/** Letters and signs as wide as they are high; all others take half of that. */
const FULL_WIDTH = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;
const FULL_WIDTH_SIGNS = /[\u2014\u2018\u2019\u201c\u201d\u2026\u25a0-\u25ff\u2605\u2606]/u;

/** What is set as one: a character, or the several that one glyph shows. */
type Cluster = string;

interface TextStyle {
  /** In millimetres of the object's own space. */
  size: number;
  widening: number;
  /** Degrees clockwise: how each character is turned, and which way the text runs. */
  charDirection: number;
  readDirection: number;
}

/**
 * The characters of a TextObject, placed through `matrix`, which leads from the object's space to pixels: no more than
 * `mostChars`. Malformed runs are left out.
 */
export function placeText(object: XmlElement, matrix: Matrix, mostChars: number): PlacedChar[] {
  const style = readStyle(object);
  if (!style) return [];
  const chars: PlacedChar[] = [];
  let merges = new Map<number, number>();
  let position = 0;
  for (const child of object.children) {
    if (child.name === 'CGTransform') merges = addMerge(merges, child);
    if (child.name !== 'TextCode') continue;
    // A character is at most two code units.
    const text = Array.from(child.text.replace(/[\r\n]/gu, '').slice(0, 2 * mostChars)).slice(0, mostChars - chars.length);
    for (const char of placeRun(clustersOf(text, merges, position), child, style, matrix)) chars.push(char);
    position += text.length;
  }
  return chars;
}

function readStyle({ attributes }: XmlElement): TextStyle | null {
  const size = readNumber(attributes.get('Size'));
  if (size === null || size <= 0) return null;
  return {
    size,
    widening: readNumber(attributes.get('HScale')) ?? 1,
    charDirection: readNumber(attributes.get('CharDirection')) ?? 0,
    readDirection: readNumber(attributes.get('ReadDirection')) ?? 0,
  };
}

/** Only several characters that become one glyph change where characters stand. */
function addMerge(merges: Map<number, number>, { attributes }: XmlElement): Map<number, number> {
  const position = readNumber(attributes.get('CodePosition'));
  const codes = readNumber(attributes.get('CodeCount')) ?? 1;
  const glyphs = readNumber(attributes.get('GlyphCount')) ?? 1;
  if (position !== null && codes > 1 && glyphs === 1) merges.set(position, codes);
  return merges;
}

function clustersOf(text: readonly string[], merges: ReadonlyMap<number, number>, position: number): Cluster[] {
  if (merges.size === 0) return [...text];
  const clusters: Cluster[] = [];
  for (let at = 0; at < text.length;) {
    const length = merges.get(position + at) ?? 1;
    clusters.push(text.slice(at, at + length).join(''));
    at += length;
  }
  return clusters;
}

/**
 * A step of no more than an em is the character's own width, which fonts that are not here know; a longer one leaves a blank. No step leads on
 * from the last character.
 */
function placeRun(clusters: readonly Cluster[], code: XmlElement, style: TextStyle, matrix: Matrix): PlacedChar[] {
  const x = readNumber(code.attributes.get('X') ?? '0');
  const y = readNumber(code.attributes.get('Y') ?? '0');
  if (x === null || y === null) return [];
  const steps = stepsOf(clusters, code, style);
  const isStacked = runsDown(steps, style);
  const chars: PlacedChar[] = [];
  let at: Point = [x, y];
  clusters.forEach((text, i) => {
    const [stepX, stepY] = steps[i] ?? [0, 0];
    const natural = naturalWidth(text, style);
    const widest = i < clusters.length - 1 ? style.size * style.widening : natural;
    const width = !isStacked && stepX > 0.3 * natural && stepX <= widest ? stepX : natural;
    const glyph = compose(matrix, [...rotation(style.charDirection), ...at] as unknown as Matrix);
    chars.push(isStacked ? stackedChar(text, style.size, natural, glyph) : sideChar(text, style.size, width, glyph));
    at = [at[0] + stepX, at[1] + stepY];
  });
  return chars;
}

/** From each character to the next. Where a list is too short its last step goes on; where there is none, characters follow by their width. */
function stepsOf(clusters: readonly Cluster[], code: XmlElement, style: TextStyle): Point[] {
  const across = readSteps(code.attributes.get('DeltaX'), clusters.length);
  const down = readSteps(code.attributes.get('DeltaY'), clusters.length);
  if (!across && !down) {
    const [a, b] = rotation(style.readDirection);
    return clusters.map((text) => {
      const step = isSideways(style) ? style.size : naturalWidth(text, style);
      return [a * step, b * step];
    });
  }
  return clusters.map((_, i) => [across?.[i] ?? across?.at(-1) ?? 0, down?.[i] ?? down?.at(-1) ?? 0]);
}

function isSideways({ readDirection }: TextStyle): boolean {
  return Math.abs(readDirection % 180) === 90;
}

/** Upright characters one below the other. */
function runsDown(steps: readonly Point[], { size, charDirection }: TextStyle): boolean {
  const between = steps.slice(0, -1);
  return charDirection === 0 && between.length > 0 && between.every(([x, y]) => Math.abs(x) < 0.1 * size && y > 0.5 * size);
}

function naturalWidth(text: Cluster, { size, widening }: TextStyle): number {
  return (FULL_WIDTH.test(text) || FULL_WIDTH_SIGNS.test(text) ? size : size / 2) * widening;
}

function rotation(degrees: number): readonly [number, number, number, number] {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle), -Math.sin(angle), Math.cos(angle)];
}

/** A character that the next one stands beside. Its glyph's space has the baseline's start at its origin. */
function sideChar(text: string, size: number, width: number, glyph: Matrix): PlacedChar {
  const top = -ASCENT * size;
  return charAt(text, [apply(glyph, [0, top]), apply(glyph, [width, top]), apply(glyph, [0, top + size])]);
}

/** A character that the next one stands below: seen along the text it lies on its side. All are given the same width across. */
function stackedChar(text: string, size: number, width: number, glyph: Matrix): PlacedChar {
  const top = -ASCENT * size;
  const right = (width + size) / 2;
  return charAt(text, [apply(glyph, [right, top]), apply(glyph, [right, top + size]), apply(glyph, [right - size, top])]);
}

function charAt(text: string, [origin, along, across]: readonly [Point, Point, Point]): PlacedChar {
  const run: Point = [along[0] - origin[0], along[1] - origin[1]];
  const drop: Point = [across[0] - origin[0], across[1] - origin[1]];
  return {
    text,
    left: origin[0],
    top: origin[1],
    width: Math.hypot(...run),
    height: Math.hypot(...drop),
    angle: Math.atan2(run[1], run[0]),
    // A mirrored character is none that a person reads.
    isVisible: run[0] * drop[1] - run[1] * drop[0] > 0,
  };
}
