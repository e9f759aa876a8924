import { setMaxListeners } from 'node:events';
import { joinLooks } from './layout/join-looks';
import { isBetween } from './layout/quad';
import type { SharedPage } from './layout/shared-page';
import type { Precision } from './onnx/precision';
import type { Quad } from './page';
import type { TaskOptions, WorkerPool } from './pool/worker-pool';
import type { LineReading } from './recognize/line-recognizer';
import { naturalWidth } from './recognize/line-tensor';
import type { LocateResult, OcrRequest, OcrResult, WorkerSkill } from './worker-messages';

/** What one page is read with. */
export interface PageOrder {
  /** Earlier pages go first. */
  group: number;
  precision: Precision;
  signal?: AbortSignal | undefined;
  /** Told once the lines are found, and after each line; lines under a seal may still change their number. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** The lines of a page as they were read, in no order; times as a clock tells them, `modelMs` the core time inside the models. */
export interface PageReading {
  located: LocateResult;
  lines: LineReading[];
  detectMs: number;
  recognizeMs: number;
  modelMs: number;
}

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
    // One listener a line, gone when the line is read: not the leak that a warning at eleven would look for.
    setMaxListeners(0, this.signal);
  }

  /** Every line is a task of its own; when one fails, the rest of the page is called off. */
  async read(page: SharedPage): Promise<PageReading> {
    const startedAt = performance.now();
    const located = await this.run('locate', { kind: 'locate', page }, { cost: 0, skill: 'detect' });
    const detectedAt = performance.now();
    const lines = await this.readLines(located);
    return {
      located,
      lines,
      detectMs: detectedAt - startedAt,
      recognizeMs: performance.now() - detectedAt,
      modelMs: this.modelMs,
    };
  }

  /** Lines away from any seal are read while the others are still being looked for. */
  private async readLines({ page, quads, scale, bands }: LocateResult): Promise<LineReading[]> {
    const isSealed = (quad: Quad) => bands.some(({ top, bottom }) => isBetween(quad, top, bottom));
    const sealed = quads.filter(isSealed);
    this.total = quads.length;
    this.tellProgress();
    const reading = quads.filter((quad) => !isSealed(quad)).map((quad) => this.readLine(page, quad));
    const looking = bands.map((band) => this.run('look', { kind: 'look', page, band, scale }, { cost: Infinity, skill: 'detect' }));
    const sealedReading = Promise.all(looking).then((looks) => {
      const found = looks.reduce((joined: Quad[], look) => joinLooks(joined, look.quads), sealed);
      this.total += found.length - sealed.length;
      return Promise.all(found.map((quad) => this.readLine(page, quad)));
    });
    try {
      const [free, under] = await Promise.all([Promise.all(reading), sealedReading]);
      return [...free, ...under];
    } catch (error) {
      this.rest.abort();
      await Promise.allSettled([...reading, ...looking, sealedReading]);
      throw error;
    }
  }

  private async readLine(page: SharedPage, quad: Quad): Promise<LineReading> {
    const cost = naturalWidth(quad);
    const line =
      this.order.precision === 'int8'
        ? await this.glanceFirst(page, quad, cost)
        : await this.run('read', { kind: 'read', page, quad }, { cost });
    this.done++;
    this.tellProgress();
    return line.line;
  }

  private async glanceFirst(page: SharedPage, quad: Quad, cost: number) {
    const glance = await this.run('read', { kind: 'glance', page, quad }, { cost });
    return glance.isDoubtful ? this.run('read', { kind: 'read', page, quad }, { cost, skill: 'read exactly' }) : glance;
  }

  private tellProgress(): void {
    this.order.onProgress?.({ done: this.done, total: this.total });
  }

  private async run<Kind extends OcrResult['kind']>(
    kind: Kind,
    request: OcrRequest,
    task: Pick<TaskOptions, 'cost'> & { skill?: WorkerSkill },
  ): Promise<Extract<OcrResult, { kind: Kind }>> {
    const result = await this.pool.run(request, { ...task, group: this.order.group, signal: this.signal });
    if (result.kind !== kind) throw new TypeError('a worker answered another request');
    this.modelMs += result.modelMs;
    return result as Extract<OcrResult, { kind: Kind }>;
  }
}
