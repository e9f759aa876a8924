import { findLabels } from '../labels/find-labels';
import { findTitles } from '../title/find-title';
import { offsetAlong, type PlacedLine, type Point } from './placed-line';
import { layOut } from './rows';

/** Lines this many text heights left of a bill's 票据代码 still belong to it. */
const LEFT_MARGIN = 6;

/** Without a title of its own, a bill is taken to begin this many text heights above its 票据代码. */
const HEAD_WITHOUT_TITLE = 4;

/** A title further above 票据代码 than this many text heights is another bill's. */
const HIGHEST_TITLE = 14;

interface Anchor {
  origin: Point;
  angle: number;
  height: number;
  /** How far above the anchor the bill begins, in pixels. */
  head: number;
}

/** Splits a page's lines into one set for each bill on it: each line goes to the bill whose head stands nearest above and left of it. */
export function splitBills(lines: PlacedLine[]): PlacedLine[][] {
  const anchors = findAnchors(lines);
  if (anchors.length < 2) return [lines];
  const parts = anchors.map((): PlacedLine[] => []);
  for (const line of lines) {
    const index = ownerOf(line, anchors);
    if (index !== null) parts[index]?.push(line);
  }
  return parts;
}

function findAnchors(lines: PlacedLine[]): Anchor[] {
  const single = lines.map((line) => ({ line, row: layOut([line]).rows[0] }));
  const titles = single.filter(({ row }) => row && findTitles([row]).length > 0).map(({ line }) => line);
  return single
    .filter(({ row }) => row && findLabels(row).some(({ label, start }) => label.role === 'billCode' && start === 0))
    .map(({ line }) => ({
      origin: line.left,
      angle: line.angle,
      height: line.height,
      head: headOf(line, titles),
    }));
}

function headOf(anchor: PlacedLine, titles: PlacedLine[]): number {
  const above = titles
    .map((title) => ({ title, ...offsetAlong(anchor.left, title.left, anchor.angle) }))
    .filter(({ along, across }) => across < 0 && across > -HIGHEST_TITLE * anchor.height && along > -LEFT_MARGIN * anchor.height)
    .sort((a, b) => a.along - a.across - (b.along - b.across));
  const [nearest] = above;
  return nearest ? nearest.title.height - nearest.across : HEAD_WITHOUT_TITLE * anchor.height;
}

function ownerOf(line: PlacedLine, anchors: Anchor[]): number | null {
  let best: { index: number; far: number } | null = null;
  for (const [index, anchor] of anchors.entries()) {
    const { along, across } = offsetAlong(anchor.origin, line.left, anchor.angle);
    if (along < -LEFT_MARGIN * anchor.height || across < -anchor.head) continue;
    const far = along + across;
    if (!best || far < best.far) best = { index, far };
  }
  return best?.index ?? null;
}
