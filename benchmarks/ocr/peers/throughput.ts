import { timesOf, type Cost, type Ratio } from './comparison';

/** Some pages in a row as one engine read them. */
export interface Chunk extends Cost {
  pages: number;
}

/** What one engine did when it had as many pages in hand as it takes. */
export interface ThroughputRun {
  name: string;
  pagesInHand: number;
  peakRssMiB: number | undefined;
  chunks: Chunk[];
}

/** An engine's chunks summed up. */
export interface EngineThroughput extends Omit<ThroughputRun, 'chunks'> {
  pages: number;
  pagesPerSecond: number;
  coreSecondsPerPage: number;
  measures: Chunk[];
}

/** All engines of a run, and the others against the first. */
export interface Throughput {
  engines: EngineThroughput[];
  ratios: Ratio[];
}

/** Compares engines that read the same chunks in turn. */
export function compareThroughput([own, ...peers]: readonly [ThroughputRun, ...ThroughputRun[]]): Throughput {
  return {
    engines: [own, ...peers].map(summarizeChunks),
    ratios: peers.map((peer) => timesOf(peer.name, pairsOf(own, peer))),
  };
}

/** `items` in order, `size` at a time; the last chunk may be smaller. */
export function chunksOf<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) => items.slice(index * size, (index + 1) * size));
}

function summarizeChunks({ chunks, ...run }: ThroughputRun): EngineThroughput {
  const total = (value: (chunk: Chunk) => number) => chunks.reduce((sum, chunk) => sum + value(chunk), 0);
  const pages = total((chunk) => chunk.pages);
  return {
    ...run,
    pages,
    pagesPerSecond: pages / total(({ seconds }) => seconds),
    coreSecondsPerPage: total(({ cpuSeconds }) => cpuSeconds) / pages,
    measures: chunks,
  };
}

function pairsOf(own: ThroughputRun, peer: ThroughputRun): [Chunk, Chunk][] {
  return own.chunks.map((chunk, index) => {
    const other = peer.chunks[index];
    if (other?.pages !== chunk.pages) throw new Error(`${peer.name} did not read chunk ${index + 1} as ${own.name} did`);
    return [chunk, other];
  });
}
