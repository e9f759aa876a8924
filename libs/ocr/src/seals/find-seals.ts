import type { Ellipse, PageImage, PageSeal, Quad } from '../page';
import { halfExtents, scaleEllipse } from './ellipse';
import { findFrames } from './find-frames';
import { findRings } from './find-rings';
import { inkMaps, type InkMap } from './ink-maps';

/**
 * The seals on an upright page: red ones, or where there are none the dark ones of a page that has lost its colour. Dark ones must be round, since
 * tables, boxes and codes are rectangular and dark.
 */
export function findSeals(page: PageImage): PageSeal[] {
  const { red, dark } = inkMaps(page);
  const redSeals = [...roundSeals(red, 'red'), ...rectangularSeals(red)];
  return redSeals.length > 0 ? redSeals : roundSeals(dark, 'dark');
}

function roundSeals(map: InkMap, colour: PageSeal['colour']): PageSeal[] {
  return findRings(map).map(({ ellipse, coverage }) => {
    const onPage = scaleEllipse(ellipse, map.step, toPage(0, map.step));
    return { shape: 'round', colour, quad: quadAround(onPage), ellipse: onPage, confidence: coverage };
  });
}

function rectangularSeals(map: InkMap): PageSeal[] {
  return findFrames(map).map(({ corners, coverage }) => {
    const quad = corners.map(([x, y]) => [toPage(x, map.step), toPage(y, map.step)]) as Quad;
    return { shape: 'rectangular', colour: 'red', quad, confidence: coverage };
  });
}

/** The middle of a cell is the middle of the pixels it stands for. */
function toPage(cell: number, step: number): number {
  return (cell + 0.5) * step - 0.5;
}

function quadAround(ellipse: Ellipse): Quad {
  const [x, y] = ellipse.centre;
  const [halfWidth, halfHeight] = halfExtents(ellipse);
  return [
    [x - halfWidth, y - halfHeight],
    [x + halfWidth, y - halfHeight],
    [x + halfWidth, y + halfHeight],
    [x - halfWidth, y + halfHeight],
  ];
}
