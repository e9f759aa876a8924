import { setMaxListeners } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import './onnx/no-telemetry';
// Loaded on this thread before any worker does: the runtime's environment is one per process. It never runs here.
import 'onnxruntime-node';
import { clipQuad } from './layout/quad';
import { inReadingOrder } from './layout/reading-order';
import { sharePage, type SharedPage } from './layout/shared-page';
import { OcrBusyError, OcrClosedError, OcrError, type OcrFailure } from './ocr.error';
import type { LoadedPack } from './packs/load-pack';
import { loadPack } from './packs/load-pack';
import type { PageImage, PageText, Quad } from './page';
import { WorkerPool } from './pool/worker-pool';
import { naturalWidth } from './recognize/line-tensor';
import type { OcrRequest, OcrResult, ReadResult, WorkerModels } from './worker-messages';

/** How an engine is made. */
export interface OcrEngineOptions {
  /** Folder of a model pack, as `resolvePack` gives it. */
  packDir: string;
  /** Worker threads; one a core is right. */
  workers: number;
  /** Pages held at a time, waiting ones included; more are refused with `OcrBusyError`. */
  maxPages?: number;
  /** The compiled worker, when it does not lie beside this file. */
  workerFile?: string;
  /** Node options of the workers, such as a TypeScript loader. */
  workerExecArgv?: string[];
}

/** A page holds 12 MB of pixels or more, so what waits is bounded. */
const DEFAULT_MAX_PAGES = 32;

/** Workers for each one that also finds text: finding takes about a fifth of a page's time, and most of a worker's memory. */
const WORKERS_PER_DETECTOR = 4;

/** Reads the text of pages on its own worker threads; the calling thread only hands out work. */
export class OcrEngine {
  readonly pack: { name: string };
  private pagesHeld = 0;
  private pagesSeen = 0;
  private closed = false;

  private constructor(
    packName: string,
    private readonly pool: WorkerPool<OcrRequest, OcrResult>,
    private readonly maxPages: number,
  ) {
    this.pack = { name: packName };
  }

  /** Loads and warms the models; throws `ModelPackError` for a bad pack and `OcrError` for one that does not run. */
  static async create(options: OcrEngineOptions): Promise<OcrEngine> {
    const pack = await loadPack(options.packDir);
    return new OcrEngine(pack.name, await startPool(pack, options), options.maxPages ?? DEFAULT_MAX_PAGES);
  }

  /** Reads one page. The same page gives the same result alone and among others. */
  async read(page: PageImage, options: { signal?: AbortSignal } = {}): Promise<PageText> {
    if (this.closed) throw new OcrClosedError();
    if (this.pagesHeld >= this.maxPages) throw new OcrBusyError(this.pagesHeld);
    checkPage(page);
    this.pagesHeld++;
    try {
      return await this.readPage(page, options.signal);
    } finally {
      this.pagesHeld--;
    }
  }

  /** Ends the workers; pages being read are rejected with `OcrClosedError`. */
  async close(): Promise<void> {
    this.closed = true;
    await this.pool.close();
  }

  private async readPage(page: PageImage, signal: AbortSignal | undefined): Promise<PageText> {
    const group = ++this.pagesSeen;
    const startedAt = performance.now();
    const located = await this.pool.run({ kind: 'locate', page: sharePage(page) }, { group, cost: 0, special: true, signal });
    if (located.kind !== 'locate') throw new TypeError('a worker answered another request');
    const detectedAt = performance.now();
    const readings = await this.readLines(located.page, located.quads, group, signal);
    const endedAt = performance.now();
    const { width, height } = located.page;
    const lines = readings.map(({ line }) => line);
    const modelMs = readings.reduce((sum, reading) => sum + reading.modelMs, located.modelMs);
    return {
      width,
      height,
      lines: inReadingOrder(lines.filter((line) => line.text.trim() !== '')).map((line) => ({
        ...line,
        quad: clipQuad(line.quad, located.page),
      })),
      turned: located.turned,
      timings: { detectMs: detectedAt - startedAt, recognizeMs: endedAt - detectedAt, totalMs: endedAt - startedAt, modelMs },
    };
  }

  /** Every line is a task of its own; when one fails, the rest of the page is called off. */
  private async readLines(page: SharedPage, quads: Quad[], group: number, signal: AbortSignal | undefined): Promise<ReadResult[]> {
    const rest = new AbortController();
    const combined = signal ? AbortSignal.any([signal, rest.signal]) : rest.signal;
    // One listener a line, gone when the line is read: not the leak that a warning at eleven would look for.
    setMaxListeners(0, combined);
    const readings = quads.map(async (quad) => {
      const cost = naturalWidth(quad);
      const result = await this.pool.run({ kind: 'read', page, quad }, { group, cost, special: false, signal: combined });
      if (result.kind !== 'read') throw new TypeError('a worker answered another request');
      return result;
    });
    try {
      return await Promise.all(readings);
    } catch (error) {
      rest.abort();
      await Promise.allSettled(readings);
      throw error;
    }
  }
}

function startPool(pack: LoadedPack, options: OcrEngineOptions): Promise<WorkerPool<OcrRequest, OcrResult>> {
  const file = options.workerFile ?? join(__dirname, 'ocr.worker' + extname(__filename));
  const files = new Map([...pack.files].map(([role, bytes]) => [role, shareBytes(bytes)]));
  const detects = (place: number) => place % WORKERS_PER_DETECTOR === 0;
  return WorkerPool.start<OcrRequest, OcrResult>({
    size: options.workers,
    spawn: (place) => {
      const workerData: WorkerModels = { packName: pack.name, files, detects: detects(place) };
      return new Worker(file, { workerData, ...(options.workerExecArgv && { execArgv: options.workerExecArgv }) });
    },
    runsSpecial: detects,
    failureOf: (request, message, failure) => new OcrError(message, failure ?? unexplained(request, pack.name)),
  });
}

function unexplained(request: OcrRequest | undefined, modelId: string): OcrFailure {
  const stage = { locate: 'detect', read: 'recognize' } as const;
  return { stage: request ? stage[request.kind] : 'start', modelId };
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

function checkPage({ width, height, rgb }: PageImage): void {
  const isSize = (side: number) => Number.isInteger(side) && side > 0;
  if (isSize(width) && isSize(height) && rgb.length === width * height * 3) return;
  throw new RangeError(`a page of ${width} x ${height} pixels needs ${width * height * 3} bytes of RGB, not ${rgb.length}`);
}
