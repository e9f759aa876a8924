import { setMaxListeners } from 'node:events';
import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import './onnx/no-telemetry';
// Loaded on this thread before any worker does: the runtime's environment is one per process. It never runs here.
import 'onnxruntime-node';
import { PageMemory } from './layout/page-memory';
import { clipQuad } from './layout/quad';
import { inReadingOrder } from './layout/reading-order';
import type { SharedPage } from './layout/shared-page';
import { isTooSmall, tooSmallPage, whyEmpty } from './limits/blank-page';
import { beforeDeadline } from './limits/deadline';
import { checkPage, pageLimits, type PageLimits } from './limits/page-limits';
import { whyNoCuda } from './onnx/cuda-check';
import { checkedLadder, type ExecutionProvider, type ProviderLadder } from './onnx/execution-provider';
import { openOnLadder, type LadderResult } from './onnx/provider-ladder';
import type { ProviderRefusal } from './onnx/provider.error';
import { OcrBusyError, OcrClosedError, OcrError, type OcrFailure } from './ocr.error';
import type { LoadedPack } from './packs/load-pack';
import { loadPack } from './packs/load-pack';
import type { PageImage, PageSeal, PageText, Quad } from './page';
import { WorkerPool } from './pool/worker-pool';
import { naturalWidth } from './recognize/line-tensor';
import type { LocateResult, OcrRequest, OcrResult, ReadResult, SealResult, WorkerModels } from './worker-messages';

type Pool = WorkerPool<OcrRequest, OcrResult>;

/** How an engine is made. */
export interface OcrEngineOptions extends Partial<PageLimits> {
  /** Folder of a model pack, as `resolvePack` gives it. */
  packDir: string;
  /** Worker threads; one a core is right. */
  workers: number;
  /** What runs the models, in the order of trying; `['cpu']` by default. `['cuda']` alone refuses to start without a GPU. */
  providers?: ProviderLadder;
  /** Whether the text along the rings of round seals is read; so it is by default. */
  readSeals?: boolean;
  /** Pages held at a time, waiting ones included; more are refused with `OcrBusyError`. */
  maxPages?: number;
  /** The compiled worker, when it does not lie beside this file. */
  workerFile?: string;
  /** Node options of the workers, such as a TypeScript loader. */
  workerExecArgv?: string[];
}

/** What one page is read with. */
export interface ReadOptions {
  /** Calls the page off: the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /** In place of the engine's own deadline. */
  deadlineMs?: number | undefined;
  /** Told once the lines are found, and after each line; what it throws rejects the page. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** A page holds 12 MB of pixels or more, so what waits is bounded. */
const DEFAULT_MAX_PAGES = 32;

/** Page buffers kept for pages to come: one is read while the next is found, and a turned page takes a second one. */
const SPARE_PAGES = 3;

/** What reading a ring costs, in columns of a line: 430 to 650 on the seals of 68 pages. */
const RING_COST = 600;

/** Workers for each one that also finds text: finding takes about a fifth of a page's time, and most of a worker's memory. */
const WORKERS_PER_DETECTOR = 4;

/** Reads the text of pages on its own worker threads; the calling thread only hands out work. */
export class OcrEngine {
  readonly pack: { name: string };
  /** What runs the models. */
  readonly provider: ExecutionProvider;
  /** Providers that were tried before, and why each could not be had. */
  readonly refusedProviders: readonly ProviderRefusal[];
  private readonly pool: Pool;
  private readonly memory = new PageMemory(SPARE_PAGES);
  private pagesHeld = 0;
  private pagesSeen = 0;
  private closed = false;

  private constructor(
    packName: string,
    { opened, provider, refused }: LadderResult<Pool>,
    private readonly options: { maxPages: number; readSeals: boolean },
    private readonly limits: PageLimits,
  ) {
    this.pack = { name: packName };
    this.pool = opened;
    this.provider = provider;
    this.refusedProviders = refused;
  }

  /**
   * Loads and warms the models. Throws `ModelPackError` for a bad pack, `OcrError` for one that does not run, `OcrProviderError` when a
   * GPU was demanded and cannot be had, `RangeError` for options that make no sense.
   */
  static async create(options: OcrEngineOptions): Promise<OcrEngine> {
    const limits = pageLimits(options);
    const ladder = checkedLadder(options.providers);
    const pack = await loadPack(options.packDir);
    const result = await openOnLadder(ladder, (provider) => startPoolOn(provider, pack, options));
    const { maxPages = DEFAULT_MAX_PAGES, readSeals = true } = options;
    return new OcrEngine(pack.name, result, { maxPages, readSeals }, limits);
  }

  /**
   * Reads one page. The same page gives the same result alone and among others. A page without lines says why (`emptyBecause`).
   * Throws `OcrPageError` for a page that is none, `OcrDeadlineError`, `OcrBusyError`, `OcrClosedError`, and `OcrError` when reading fails.
   */
  async read(page: PageImage, options: ReadOptions = {}): Promise<PageText> {
    if (this.closed) throw new OcrClosedError();
    if (this.pagesHeld >= this.options.maxPages) throw new OcrBusyError(this.pagesHeld);
    checkPage(page, this.limits.maxPixels);
    const { deadlineMs } = pageLimits({ deadlineMs: options.deadlineMs ?? this.limits.deadlineMs });
    this.pagesHeld++;
    try {
      return await beforeDeadline(deadlineMs, options.signal, (signal) => this.readPage(page, { ...options, signal }));
    } finally {
      this.pagesHeld--;
    }
  }

  /** Ends the workers; pages being read are rejected with `OcrClosedError`. */
  async close(): Promise<void> {
    this.closed = true;
    await this.pool.close();
  }

  private async readPage(page: PageImage, { signal, onProgress }: ReadOptions): Promise<PageText> {
    if (isTooSmall(page)) return tooSmallPage(page);
    const group = ++this.pagesSeen;
    const startedAt = performance.now();
    const shared = this.memory.share(page);
    const located = await this.pool.run({ kind: 'locate', page: shared }, { group, cost: 0, special: true, signal });
    if (located.kind !== 'locate') throw new TypeError('a worker answered another request');
    const detectedAt = performance.now();
    const { readings, rings } = await this.readParts(located, { group, signal, onProgress });
    const endedAt = performance.now();
    // Not when a page fails or is called off: a worker may then still be reading it.
    this.memory.release(shared);
    if (located.turned !== 0) this.memory.adopt(located.page);
    const { width, height } = located.page;
    const lines = readings.map(({ line }) => line).filter((line) => line.text.trim() !== '');
    const modelMs = [...readings, ...rings].reduce((sum, part) => sum + (part?.modelMs ?? 0), located.modelMs);
    return {
      width,
      height,
      lines: inReadingOrder(lines).map((line) => ({
        ...line,
        quad: clipQuad(line.quad, located.page),
      })),
      seals: located.seals.map((seal, index) => ({ ...seal, ...(rings[index] && { ring: rings[index].ring }) })),
      ...(lines.length === 0 && { emptyBecause: whyEmpty(page) }),
      turned: located.turned,
      timings: { detectMs: detectedAt - startedAt, recognizeMs: endedAt - detectedAt, totalMs: endedAt - startedAt, modelMs },
    };
  }

  /** Every line and every ring is a task of its own; when one fails, the rest of the page is called off. */
  private async readParts(
    { page, quads, seals }: LocateResult,
    { group, signal, onProgress }: ReadOptions & { group: number },
  ): Promise<{ readings: ReadResult[]; rings: (SealResult | undefined)[] }> {
    const rest = new AbortController();
    const combined = signal ? AbortSignal.any([signal, rest.signal]) : rest.signal;
    // One listener a task, gone when the task is done: not the leak that a warning at eleven would look for.
    setMaxListeners(0, combined);
    const lines = this.readLines(page, quads, { group, signal: combined, onProgress });
    const rings = seals.map((seal) => this.readRing(page, seal, { group, signal: combined }));
    try {
      const [readings, sealed] = await Promise.all([Promise.all(lines), Promise.all(rings)]);
      return { readings, rings: sealed };
    } catch (error) {
      rest.abort();
      await Promise.allSettled([...lines, ...rings]);
      throw error;
    }
  }

  private readLines(
    page: SharedPage,
    quads: Quad[],
    { group, signal, onProgress }: ReadOptions & { group: number },
  ): Promise<ReadResult>[] {
    const total = quads.length;
    let done = 0;
    onProgress?.({ done, total });
    return quads.map(async (quad) => {
      const cost = naturalWidth(quad);
      const result = await this.pool.run({ kind: 'read', page, quad }, { group, cost, special: false, signal });
      if (result.kind !== 'read') throw new TypeError('a worker answered another request');
      onProgress?.({ done: ++done, total });
      return result;
    });
  }

  private async readRing(
    page: SharedPage,
    seal: PageSeal,
    { group, signal }: { group: number; signal: AbortSignal },
  ): Promise<SealResult | undefined> {
    if (!this.options.readSeals || !seal.ellipse) return undefined;
    const result = await this.pool.run({ kind: 'seal', page, seal }, { group, cost: RING_COST, special: false, signal });
    if (result.kind !== 'seal') throw new TypeError('a worker answered another request');
    return result;
  }
}

async function startPoolOn(provider: ExecutionProvider, pack: LoadedPack, options: OcrEngineOptions): Promise<Pool> {
  const problem = provider === 'cuda' ? await whyNoCuda() : undefined;
  if (problem) throw new OcrError(problem, { stage: 'start', modelId: pack.name });
  return startPool(provider, pack, options);
}

function startPool(provider: ExecutionProvider, pack: LoadedPack, options: OcrEngineOptions): Promise<Pool> {
  const file = options.workerFile ?? join(__dirname, 'ocr.worker' + extname(__filename));
  // Only the shared copy is kept for as long as threads may have to be replaced.
  const packName = pack.name;
  const files = new Map([...pack.files].map(([role, bytes]) => [role, shareBytes(bytes)]));
  const detects = (place: number) => place % WORKERS_PER_DETECTOR === 0;
  return WorkerPool.start<OcrRequest, OcrResult>({
    size: options.workers,
    spawn: (place) => {
      const workerData: WorkerModels = { packName, provider, files, detects: detects(place) };
      return new Worker(file, { workerData, ...(options.workerExecArgv && { execArgv: options.workerExecArgv }) });
    },
    runsSpecial: detects,
    failureOf: (request, message, failure) => new OcrError(message, failure ?? unexplained(request, packName)),
  });
}

function unexplained(request: OcrRequest | undefined, modelId: string): OcrFailure {
  const stage = { locate: 'detect', read: 'recognize', seal: 'recognize' } as const;
  return { stage: request ? stage[request.kind] : 'start', modelId };
}

function shareBytes(bytes: Uint8Array): Uint8Array {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}
