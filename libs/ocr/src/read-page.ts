import { setMaxListeners } from 'node:events';
import { joinLooks } from './layout/join-looks';
import { isBetween } from './layout/quad';
import type { SharedPage } from './layout/shared-page';
import type { Precision } from './onnx/precision';
import type { PageSeal, Quad, Turn } from './page';
import type { TaskOptions, WorkerPool } from './pool/worker-pool';
import type { LineReading } from './recognize/line-recognizer';
import { naturalWidth } from './recognize/line-tensor';
import type { OcrRequest, OcrResult, WorkerSkill } from './worker-messages';

/** What is done about seals: nothing, finding them, or reading the text along the rings of round ones too. */
export type SealReading = 'ignored' | 'found' | 'read';

/** Names the lines to be read next, by those that were read and the places of the others; none when it is enough. */
export type LineChooser = (read: readonly Pick<LineReading, 'text' | 'quad'>[], unread: readonly Quad[]) => readonly Quad[];

/** What one page is read with. */
export interface PageOrder {
  /** Earlier pages go first. */
  group: number;
  precision: Precision;
  seals: SealReading;
  /** Without it every line is read. */
  choose?: LineChooser | undefined;
  signal?: AbortSignal | undefined;
  /** Told once the lines are found, and after each line; lines under a seal may still change their number. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** The lines of a page as they were read, in no order; times as a clock tells them, `modelMs` the core time inside the models. */
export interface PageReading {
  page: SharedPage;
  turned: Turn;
  lines: LineReading[];
  seals: PageSeal[];
  detectMs: number;
  recognizeMs: number;
  modelMs: number;
}

type Answer<Kind extends OcrResult['kind']> = Extract<OcrResult, { kind: Kind }>;

/** What reading a ring costs, in columns of a line: 430 to 650 on the seals of 68 pages. */
const RING_COST = 600;

/** One page on its way through the pool. */
export class PageReader {
  private readonly rest = new AbortController();
  private readonly signal: AbortSignal;
  private modelMs = 0;
  private done = 0;
  private total = 0;

  constructor(
    private readonly pool: WorkerPool<OcrRequest, OcrResult>,
    private readonly order: PageOrder,
  ) {
    this.signal = order.signal ? AbortSignal.any([order.signal, this.rest.signal]) : this.rest.signal;
    // One listener a task, gone when the task is done: not the leak that a warning at eleven would look for.
    setMaxListeners(0, this.signal);
  }

  /** Every line and every ring is a task of its own; when one fails, the rest of the page is called off. */
  async read(page: SharedPage): Promise<PageReading> {
    const startedAt = performance.now();
    const located = await this.run('locate', { kind: 'locate', page }, { cost: 0, skill: 'detect' });
    const detectedAt = performance.now();
    const { choose } = this.order;
    const reading = choose ? this.readChosen(located, choose) : this.readLines(located);
    const [lines, seals] = await this.allOrNone([reading, this.readSeals(located.page)]);
    return {
      page: located.page,
      turned: located.turned,
      lines,
      seals,
      detectMs: detectedAt - startedAt,
      recognizeMs: performance.now() - detectedAt,
      modelMs: this.modelMs,
    };
  }

  /** Lines away from any seal are read while the others are still being looked for. */
  private async readLines({ page, quads, scale, bands }: Answer<'locate'>): Promise<LineReading[]> {
    const isSealed = (quad: Quad) => bands.some(({ top, bottom }) => isBetween(quad, top, bottom));
    const sealed = quads.filter(isSealed);
    this.total = quads.length;
    this.tellProgress();
    const free = this.readAll(
      page,
      quads.filter((quad) => !isSealed(quad)),
    );
    const looks = bands.map((band) => this.run('look', { kind: 'look', page, band, scale }, { cost: Infinity, skill: 'detect' }));
    const under = this.allOrNone(looks).then((found) => {
      const joined = found.reduce((lines: Quad[], look) => joinLooks(lines, look.quads), sealed);
      this.total += joined.length - sealed.length;
      return this.readAll(page, joined);
    });
    return (await this.allOrNone([free, under])).flat();
  }

  /** Only what is asked for, wave by wave. Rows under a seal are not looked at again: whoever needs those needs the whole page. */
  private async readChosen({ page, quads }: Answer<'locate'>, choose: LineChooser): Promise<LineReading[]> {
    const unread = new Set(quads);
    const read: LineReading[] = [];
    for (;;) {
      const wave = choose(read, [...unread]).filter((quad) => unread.delete(quad));
      if (wave.length === 0) return read;
      this.total += wave.length;
      read.push(...(await this.readAll(page, wave)));
    }
  }

  private readAll(page: SharedPage, quads: readonly Quad[]): Promise<LineReading[]> {
    return this.allOrNone(quads.map((quad) => this.readLine(page, quad)));
  }

  /** A line that a first reading leaves in doubt is read again, with the model as published. */
  private async readLine(page: SharedPage, quad: Quad): Promise<LineReading> {
    const cost = naturalWidth(quad);
    const isFirst = this.order.precision === 'int8';
    let reading = await this.run('read', { kind: 'read', page, quad, exactly: !isFirst }, { cost });
    if (isFirst && reading.isDoubtful) {
      reading = await this.run('read', { kind: 'read', page, quad, exactly: true }, { cost, skill: 'read exactly' });
    }
    this.done++;
    this.tellProgress();
    return reading.line;
  }

  private async readSeals(page: SharedPage): Promise<PageSeal[]> {
    if (this.order.seals === 'ignored') return [];
    const { seals } = await this.run('seals', { kind: 'seals', page }, { cost: Infinity });
    return this.order.seals === 'found' ? seals : this.allOrNone(seals.map((seal) => this.readRing(page, seal)));
  }

  private async readRing(page: SharedPage, seal: PageSeal): Promise<PageSeal> {
    if (!seal.ellipse) return seal;
    const { ring } = await this.run('ring', { kind: 'ring', page, seal }, { cost: RING_COST });
    return { ...seal, ring };
  }

  /** What comes of all of them; when one fails, the rest is called off and waited for. */
  private async allOrNone<Parts extends readonly Promise<unknown>[]>(
    parts: readonly [...Parts],
  ): Promise<{ [Part in keyof Parts]: Awaited<Parts[Part]> }> {
    try {
      return await Promise.all(parts);
    } catch (error) {
      this.rest.abort();
      await Promise.allSettled(parts);
      throw error;
    }
  }

  private tellProgress(): void {
    this.order.onProgress?.({ done: this.done, total: this.total });
  }

  private async run<Kind extends OcrResult['kind']>(
    kind: Kind,
    request: OcrRequest & { kind: Kind },
    task: Pick<TaskOptions, 'cost'> & { skill?: WorkerSkill },
  ): Promise<Answer<Kind>> {
    const result = await this.pool.run(request, { ...task, group: this.order.group, signal: this.signal });
    if (result.kind !== kind) throw new TypeError('a worker answered another request');
    this.modelMs += result.modelMs;
    return result as Answer<Kind>;
  }
}
