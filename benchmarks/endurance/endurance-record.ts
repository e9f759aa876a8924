import { growthOf, type Growth, type MemorySample } from './growth';

/** One stretch of pages; rates are those of the stretch, the slope is that of all settled pages so far. */
export interface Stretch {
  pages: number;
  pagesPerSecond: number;
  coreSecondsPerPage: number;
  rssMiB: number;
  mibPer100Pages: number | undefined;
  longestStallMs: number;
}

/** What is asked of the process, each time a page is done or a stretch ends. */
export interface ProcessGauges {
  nowMs(): number;
  coreMs(): number;
  rssMiB(): number;
  takeLongestStallMs(): number;
}

interface Mark {
  pages: number;
  atMs: number;
  coreMs: number;
}

/** Notes memory at every page, and sums up each stretch of pages. */
export class EnduranceRecord {
  readonly stretches: Stretch[] = [];
  private readonly samples: MemorySample[] = [];
  private readonly start: Mark;
  private last: Mark;

  constructor(
    private readonly gauges: ProcessGauges,
    private readonly stretchPages: number,
  ) {
    this.start = this.last = this.mark(0);
  }

  /** Answers the stretch that this page ends, if it does. */
  pageDone(): Stretch | undefined {
    const page = this.samples.length + 1;
    this.samples.push({ page, rssMiB: this.gauges.rssMiB() });
    return page % this.stretchPages === 0 ? this.endStretch() : undefined;
  }

  growth(): Growth {
    return growthOf(this.samples);
  }

  /** Over all pages since the start. */
  overall(): { pages: number; pagesPerSecond: number; coreSecondsPerPage: number } {
    return ratesBetween(this.start, this.mark(this.samples.length));
  }

  private endStretch(): Stretch {
    const mark = this.mark(this.samples.length);
    const stretch: Stretch = {
      ...ratesBetween(this.last, mark),
      pages: mark.pages,
      rssMiB: this.samples.at(-1)?.rssMiB ?? 0,
      mibPer100Pages: this.growth().mibPer100Pages,
      longestStallMs: this.gauges.takeLongestStallMs(),
    };
    this.stretches.push(stretch);
    this.last = mark;
    return stretch;
  }

  private mark(pages: number): Mark {
    return { pages, atMs: this.gauges.nowMs(), coreMs: this.gauges.coreMs() };
  }
}

function ratesBetween(from: Mark, to: Mark): { pages: number; pagesPerSecond: number; coreSecondsPerPage: number } {
  const pages = to.pages - from.pages;
  return {
    pages,
    pagesPerSecond: pages / ((to.atMs - from.atMs) / 1000),
    coreSecondsPerPage: (to.coreMs - from.coreMs) / 1000 / pages,
  };
}
