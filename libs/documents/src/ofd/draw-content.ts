import { DocumentError } from '../document.error';
import type { PlacedChar } from '../text/placed-char';
import type { XmlElement } from '../xml/read-xml';
import { childOf, childrenOf } from '../xml/find-elements';
import type { Drawn } from './drawn';
import { apply, type Bounds, boundsOf, compose, contains, cornersOf, IDENTITY, intersection, type Matrix, type Point, translation } from './geometry'; // prettier-ignore
import { BLACK, type Ink, readAlpha, readInk } from './ink';
import { MAX_CHARS, MAX_DRAWN, MAX_IMAGES, MAX_NESTING, MAX_POINTS, MAX_STEPS } from './ofd-limits';
import { readPathData } from './path-data';
import { placePath } from './place-path';
import { placeText } from './place-text';
import { readBox, readMatrix, readNumber } from './read-numbers';
import type { Resources } from './resources';

/** Where and how what stands inside something is drawn. */
interface Frame {
  /** From its space to pixels. */
  matrix: Matrix;
  alpha: number;
  drawParam: string | undefined;
  /** Nothing outside is seen. */
  clip: Bounds;
  depth: number;
}

/** The line width of a path that gives none, in millimetres. */
const LINE_WIDTH = 0.353;

/** Characters beyond their object's edge by this share of their height are cut off by programs that keep to the standard. */
const OVERHANG = 0.5;

/** Draws the contents of layers, blocks and appearances into one list, in order, within what a page may draw. */
export class Drawing {
  readonly drawn: Drawn[] = [];
  private chars = 0;
  private points = 0;
  private steps = 0;
  private images = 0;

  constructor(
    private readonly resources: Resources,
    /** From the page's millimetres to pixels. */
    private readonly page: Matrix,
    private readonly paper: Bounds,
  ) {}

  /** Draws what stands in an element, `offset` millimetres from the page's own origin. */
  drawContent(element: XmlElement, offset: Point = [0, 0]): void {
    const drawParam = element.attributes.get('DrawParam');
    this.drawChildren(element, { matrix: compose(this.page, translation(...offset)), alpha: 1, drawParam, clip: this.paper, depth: 0 });
  }

  private drawChildren(element: XmlElement, frame: Frame): void {
    for (const child of element.children) this.drawElement(child, frame);
  }

  private drawElement(element: XmlElement, frame: Frame): void {
    this.steps += 1;
    if (this.steps > MAX_STEPS) throw tooMuch();
    if (element.attributes.get('Visible') === 'false') return;
    if (element.name === 'PageBlock' || element.name === 'Layer') {
      this.drawChildren(element, { ...frame, drawParam: element.attributes.get('DrawParam') ?? frame.drawParam });
      return;
    }
    if (!['TextObject', 'PathObject', 'ImageObject', 'CompositeObject'].includes(element.name)) return;
    const inner = this.frameOf(element, frame);
    if (!inner || inner.alpha === 0) return;
    if (element.name === 'TextObject') this.drawText(element, inner);
    else if (element.name === 'PathObject') this.drawPath(element, inner);
    else if (element.name === 'ImageObject') this.drawImage(element, inner);
    else this.drawComposite(element, inner);
  }

  /** The space inside an object; null where its place is malformed. */
  private frameOf(element: XmlElement, outer: Frame): Frame | null {
    const { attributes } = element;
    const boundary = readBox(attributes.get('Boundary'));
    const ownMatrix = attributes.has('CTM') ? readMatrix(attributes.get('CTM')) : IDENTITY;
    if (!boundary || !ownMatrix) return null;
    const placed = compose(outer.matrix, translation(boundary.x, boundary.y));
    const edges = boundsOf(cornersOf({ ...boundary, x: 0, y: 0 }).map((corner) => apply(placed, corner)));
    return {
      matrix: compose(placed, ownMatrix),
      alpha: outer.alpha * readAlpha(attributes.get('Alpha')),
      drawParam: attributes.get('DrawParam') ?? outer.drawParam,
      clip: this.clipped(element, placed, intersection(outer.clip, edges)),
      depth: outer.depth,
    };
  }

  /** What the areas of an object's clips leave of it; an area of text is taken for all of it. */
  private clipped(element: XmlElement, placed: Matrix, clip: Bounds): Bounds {
    return childrenOf(childOf(element, 'Clips'), 'Clip').reduce((left, each) => {
      const points = childrenOf(each, 'Area').flatMap((area) => this.areaPoints(area, placed));
      return points.length === 0 ? left : intersection(left, boundsOf(points));
    }, clip);
  }

  private areaPoints(area: XmlElement, placed: Matrix): Point[] {
    const path = childOf(area, 'Path');
    if (!path) return [];
    const boundary = readBox(path.attributes.get('Boundary'));
    const toArea = compose(placed, readMatrix(area.attributes.get('CTM')) ?? IDENTITY);
    const toPath = compose(translation(boundary?.x ?? 0, boundary?.y ?? 0), readMatrix(path.attributes.get('CTM')) ?? IDENTITY);
    const subpaths = readPathData(childOf(path, 'AbbreviatedData')?.text ?? '', this.pointsLeft());
    return this.counted(subpaths.flatMap(({ points }) => points)).map((point) => apply(compose(toArea, toPath), point));
  }

  private drawText(element: XmlElement, frame: Frame): void {
    const isFilled = element.attributes.get('Fill') !== 'false';
    const isStroked = element.attributes.get('Stroke') === 'true';
    const ink = isFilled ? this.ink(element, 'FillColor', frame) ?? BLACK : isStroked ? this.ink(element, 'StrokeColor', frame) ?? BLACK : null; // prettier-ignore
    if (!ink) return;
    const alpha = ink.alpha * frame.alpha;
    if (alpha === 0) return;
    const chars = placeText(element, frame.matrix, MAX_CHARS - this.chars + 1);
    this.chars += chars.length;
    if (this.chars > MAX_CHARS) throw tooMuch();
    this.add({ kind: 'text', chars: chars.map((char) => cutOff(char, frame.clip)), ink: { ...ink, alpha } });
  }

  private drawPath(element: XmlElement, frame: Frame): void {
    const { attributes } = element;
    const width = attributes.get('LineWidth') ?? this.resources.drawParam(frame.drawParam, (param) => param.attributes.get('LineWidth'));
    const isFilled = attributes.get('Fill') === 'true';
    const isStroked = attributes.get('Stroke') !== 'false';
    const style = {
      fill: isFilled ? this.dimmed(this.ink(element, 'FillColor', frame) ?? BLACK, frame) : null,
      stroke: isStroked ? this.dimmed(this.ink(element, 'StrokeColor', frame) ?? BLACK, frame) : null,
      lineWidth: readNumber(width) ?? LINE_WIDTH,
    };
    for (const shape of placePath(element, style, frame.matrix, this.pointsLeft())) {
      this.counted(shape.polygons.flat());
      this.add({ ...shape, bounds: intersection(shape.bounds, frame.clip) });
    }
  }

  private drawImage(element: XmlElement, frame: Frame): void {
    this.images += 1;
    if (this.images > MAX_IMAGES) throw tooMuch();
    const boundary = readBox(element.attributes.get('Boundary'));
    // Without a map of its own a picture would be one millimetre wide; programs that leave it out mean the whole boundary.
    const isMapped = element.attributes.has('CTM') || !boundary;
    const place = isMapped ? frame.matrix : compose(frame.matrix, [boundary.width, 0, 0, boundary.height, 0, 0]);
    const corners = cornersOf({ x: 0, y: 0, width: 1, height: 1 }).map((corner) => apply(place, corner));
    const path = this.resources.imagePath(element.attributes.get('ResourceID'));
    this.add({ kind: 'image', place, bounds: intersection(boundsOf(corners), frame.clip), alpha: frame.alpha, path });
  }

  private drawComposite(element: XmlElement, frame: Frame): void {
    const content = childOf(this.resources.unit(element.attributes.get('ResourceID')), 'Content');
    if (!content) return;
    if (frame.depth >= MAX_NESTING) throw new DocumentError('unsafe', 'the OFD page nests drawings too deeply');
    this.drawChildren(content, { ...frame, depth: frame.depth + 1 });
  }

  private ink(element: XmlElement, name: 'FillColor' | 'StrokeColor', { drawParam }: Frame): Ink | undefined {
    const colour = childOf(element, name) ?? this.resources.drawParam(drawParam, (param) => childOf(param, name));
    return colour && readInk(colour);
  }

  private dimmed(ink: Ink, { alpha }: Frame): Ink | null {
    return ink.alpha * alpha === 0 ? null : { ...ink, alpha: ink.alpha * alpha };
  }

  private pointsLeft(): number {
    return MAX_POINTS - this.points;
  }

  private counted(points: Point[]): Point[] {
    this.points += points.length;
    if (this.points > MAX_POINTS) throw tooMuch();
    return points;
  }

  private add(drawn: Drawn): void {
    if (this.drawn.length >= MAX_DRAWN) throw tooMuch();
    this.drawn.push(drawn);
  }
}

function cutOff(char: PlacedChar, clip: Bounds): PlacedChar {
  const reach = OVERHANG * char.height;
  const wider = { left: clip.left - reach, top: clip.top - reach, right: clip.right + reach, bottom: clip.bottom + reach };
  return contains(wider, middleOf(char)) ? char : { ...char, isVisible: false };
}

/** The middle of a character's box. */
export function middleOf({ left, top, width, height, angle }: PlacedChar): Point {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  return [left + (width * cos - height * sin) / 2, top + (width * sin + height * cos) / 2];
}

function tooMuch(): DocumentError {
  return new DocumentError('unsafe', 'the OFD page draws more than any page needs');
}
