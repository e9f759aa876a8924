import type { Size } from './detector-size';

/** A connected blob of the probability map. */
export interface Component {
  /** Pixels in the blob. */
  area: number;
  /** Both ends of every horizontal run, as x, y, x, y …: their hull is the blob's hull. */
  edges: number[];
}

interface Run {
  start: number;
  end: number;
  y: number;
  /** Index of another run of the same blob, or of itself. */
  parent: number;
}

/** Labels the pixels above `threshold`, 8-connected, run by run. */
export function findComponents(map: Float32Array, { width, height }: Size, threshold: number): Component[] {
  const runs: Run[] = [];
  let above = 0;
  for (let y = 0; y < height; y++) {
    const rowStart = runs.length;
    appendRuns(runs, map, y, width, threshold);
    joinRows(runs, above, rowStart);
    above = rowStart;
  }
  return collect(runs);
}

function appendRuns(runs: Run[], map: Float32Array, y: number, width: number, threshold: number): void {
  const row = y * width;
  for (let x = 0; x < width; x++) {
    if ((map[row + x] ?? 0) <= threshold) continue;
    const start = x;
    while (x + 1 < width && (map[row + x + 1] ?? 0) > threshold) x++;
    runs.push({ start, end: x, y, parent: runs.length });
  }
}

/** Unites each run from `rowStart` on with the runs of the row above that touch it, corners included. */
function joinRows(runs: Run[], above: number, rowStart: number): void {
  let upper = above;
  for (let lower = rowStart; lower < runs.length; lower++) {
    const run = runs[lower] as Run;
    while (upper < rowStart && (runs[upper] as Run).end < run.start - 1) upper++;
    for (let i = upper; i < rowStart && (runs[i] as Run).start <= run.end + 1; i++) {
      const touching = runs[i] as Run;
      if (touching.y === run.y - 1) unite(runs, i, lower);
    }
  }
}

function unite(runs: Run[], a: number, b: number): void {
  const rootA = rootOf(runs, a);
  const rootB = rootOf(runs, b);
  (runs[Math.max(rootA, rootB)] as Run).parent = Math.min(rootA, rootB);
}

function rootOf(runs: Run[], index: number): number {
  let root = index;
  while ((runs[root] as Run).parent !== root) root = (runs[root] as Run).parent;
  (runs[index] as Run).parent = root;
  return root;
}

function collect(runs: Run[]): Component[] {
  const components = new Map<number, Component>();
  runs.forEach((run, index) => {
    const root = rootOf(runs, index);
    const component = components.get(root) ?? { area: 0, edges: [] };
    component.area += run.end - run.start + 1;
    component.edges.push(run.start, run.y, run.end, run.y);
    components.set(root, component);
  });
  return [...components.values()];
}
