import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import './onnx/no-telemetry';
// Loaded on this thread before any worker does: the runtime's environment is one per process. It never runs here.
import 'onnxruntime-node';
import { PageMemory } from './layout/page-memory';
import { clipQuad } from './layout/quad';
import { inReadingOrder } from './layout/reading-order';
import { isTooSmall, tooSmallPage, whyEmpty } from './limits/blank-page';
import { beforeDeadline } from './limits/deadline';
import { checkPage, pageLimits, type PageLimits } from './limits/page-limits';
import { whyNoCuda } from './onnx/cuda-check';
import { checkedLadder, type ExecutionProvider, type ProviderLadder } from './onnx/execution-provider';
import { checkedPrecision, type Precision } from './onnx/precision';
import { openOnLadder, type LadderResult } from './onnx/provider-ladder';
import type { ProviderRefusal } from './onnx/provider.error';
import { OcrBusyError, OcrClosedError, OcrError, type OcrFailure } from './ocr.error';
import { checkPack } from './packs/load-pack';
import type { ModelPack } from './packs/model-packs';
import type { PageImage, PageText } from './page';
import { WorkerPool } from './pool/worker-pool';
import { type LineChooser, PageReader, type SealReading } from './read-page';
import { indexShapes, type KnownShapes, type ShapeIndex } from './shapes/known-shapes';
import { preferKnown } from './shapes/prefer-known';
import type { OcrRequest, OcrResult, WorkerModels, WorkerSkill } from './worker-messages';

type Pool = WorkerPool<OcrRequest, OcrResult>;

/** How an engine is made. */
export interface OcrEngineOptions extends Partial<PageLimits> {
  /** Folder of a model pack, as `resolvePack` gives it. */
  packDir: string;
  /** Worker threads; one a core is right. */
  workers: number;
  /** What runs the models, in the order of trying; `['cpu']` by default. `['cuda']` alone refuses to start without a GPU. */
  providers?: ProviderLadder;
  /** How the first reading multiplies; what this processor does best by default. `int8` is for the CPU only. */
  precision?: Precision;
  /** Pages held at a time, waiting ones included; more are refused with `OcrBusyError`. */
  maxPages?: number;
  /** What is done about seals; nothing by default, since it costs time. */
  seals?: SealReading;
  /** What is known of the forms to be read; none by default, and then every text is as the model read it. */
  shapes?: KnownShapes;
  /** The compiled worker, when it does not lie beside this file. */
  workerFile?: string;
  /** Node options of the workers, such as a TypeScript loader. */
  workerExecArgv?: string[];
}

/** What one page is read with. */
export interface ReadOptions {
  /** Calls the page off: the promise is rejected with the signal's reason. */
  signal?: AbortSignal | undefined;
  /**
   * Reads a part of the page: names the lines to be read next, by the lines read so far and the places of the others, until it names none.
   * Seals are not looked for, nor rows under them looked at again.
   */
  choose?: LineChooser | undefined;
  /** In place of the engine's own deadline. */
  deadlineMs?: number | undefined;
  /** Told once the lines are found, and after each line; what it throws rejects the page. */
  onProgress?: ((progress: { done: number; total: number }) => void) | undefined;
}

/** A page holds 12 MB of pixels or more, so what waits is bounded. */
const DEFAULT_MAX_PAGES = 32;

/** Page buffers kept for pages to come: one is read while the next is found. */
const SPARE_PAGES = 2;

/** Workers for each one that also finds text: finding takes about a third of a page's time, and most of a worker's memory. */
const WORKERS_PER_DETECTOR = 4;

/** Threads that find the text of one page: with twice as many it takes 0.55 times as long while the other workers wait for it. */
const DETECTOR_THREADS = 2;

/** Reads the text of pages on its own worker threads; the calling thread only hands out work. */
export class OcrEngine {
  readonly pack: { name: string };
  /** What runs the models. */
  readonly provider: ExecutionProvider;
  /** Providers that were tried before, and why each could not be had. */
  readonly refusedProviders: readonly ProviderRefusal[];
  private readonly pool: Pool;
  private readonly maxPages: number;
  private readonly shapes: ShapeIndex;
  private readonly seals: SealReading;
  private readonly memory = new PageMemory(SPARE_PAGES);
  private pagesHeld = 0;
  private pagesSeen = 0;
  private closed = false;

  private constructor(
    packName: string,
    { opened, provider, refused }: LadderResult<Pool>,
    { maxPages = DEFAULT_MAX_PAGES, shapes = { labels: [], lines: [] }, seals = 'ignored' }: OcrEngineOptions,
    private readonly limits: PageLimits,
    /** How first readings multiply. */
    readonly precision: Precision,
  ) {
    this.pack = { name: packName };
    this.maxPages = maxPages;
    this.shapes = indexShapes(shapes);
    this.seals = seals;
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
    const pack = await checkPack(options.packDir);
    const precision = checkedPrecision(options.precision, pack);
    const precisionOn = (provider: ExecutionProvider) => (provider === 'cpu' ? precision : 'float32');
    const result = await openOnLadder(ladder, (provider) => startPoolOn(provider, { ...options, pack, precision: precisionOn(provider) }));
    return new OcrEngine(pack.name, result, options, limits, precisionOn(result.provider));
  }

  /**
   * Reads one page. The same page gives the same result alone and among others. A page without lines says why (`emptyBecause`).
   * Throws `OcrPageError` for a page that is none, `OcrDeadlineError`, `OcrBusyError`, `OcrClosedError`, and `OcrError` when reading fails.
   */
  async read(page: PageImage, options: ReadOptions = {}): Promise<PageText> {
    if (this.closed) throw new OcrClosedError();
    if (this.pagesHeld >= this.maxPages) throw new OcrBusyError(this.pagesHeld);
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

  private async readPage(page: PageImage, { signal, onProgress, choose }: ReadOptions): Promise<PageText> {
    if (isTooSmall(page)) return tooSmallPage(page);
    const startedAt = performance.now();
    const shared = await this.memory.share(page);
    const seals = choose ? 'ignored' : this.seals;
    const order = { group: ++this.pagesSeen, precision: this.precision, seals, choose, signal, onProgress } as const;
    const { page: upright, turned, lines, seals: found, ...timings } = await new PageReader(this.pool, order).read(shared);
    const written = lines.filter((line) => line.text.trim() !== '');
    const emptyBecause = written.length === 0 ? whyEmpty(upright) : undefined;
    // Not when a page fails or is called off: a worker may then still be reading it.
    this.memory.release(shared);
    if (turned !== 0) this.memory.adopt(upright);
    return {
      width: upright.width,
      height: upright.height,
      lines: inReadingOrder(written).map((line) => ({ ...preferKnown(line, this.shapes), quad: clipQuad(line.quad, upright) })),
      seals: found,
      ...(emptyBecause && { emptyBecause }),
      turned,
      timings: { ...timings, totalMs: performance.now() - startedAt },
    };
  }
}

/** What a pool's workers are started with. */
interface PoolOrder extends OcrEngineOptions {
  pack: ModelPack;
  precision: Precision;
}

async function startPoolOn(provider: ExecutionProvider, order: PoolOrder): Promise<Pool> {
  const problem = provider === 'cuda' ? await whyNoCuda() : undefined;
  if (problem) throw new OcrError(problem, { stage: 'start', modelId: order.pack.name });
  return startPool(provider, order);
}

function startPool(provider: ExecutionProvider, order: PoolOrder): Promise<Pool> {
  const { packDir, pack, precision, workers, workerExecArgv, workerFile } = order;
  const file = workerFile ?? join(__dirname, 'ocr.worker' + extname(__filename));
  const skillsOf = (place: number) => workerSkills(place, workers);
  const detectorThreads = Math.min(workers, DETECTOR_THREADS);
  return WorkerPool.start<OcrRequest, OcrResult>({
    size: workers,
    spawn: (place) => {
      const workerData: WorkerModels = { packDir, pack, provider, precision, detectorThreads, skills: skillsOf(place) };
      return new Worker(file, { workerData, ...(workerExecArgv && { execArgv: workerExecArgv }) });
    },
    skillsOf,
    failureOf: (request, message, failure) => new OcrError(message, failure ?? unexplained(request, pack.name)),
  });
}

/** Each further model costs memory, so that the one that finds text and the one that reads exactly are in different workers where there are two. */
function workerSkills(place: number, workers: number): WorkerSkill[] {
  if (workers === 1) return ['detect', 'read exactly'];
  const turn = place % WORKERS_PER_DETECTOR;
  return turn === 0 ? ['detect'] : turn === 1 ? ['read exactly'] : [];
}

function unexplained(request: OcrRequest | undefined, modelId: string): OcrFailure {
  const stage = { locate: 'detect', look: 'detect', read: 'recognize', seals: 'detect', ring: 'recognize' } as const;
  return { stage: request ? stage[request.kind] : 'start', modelId };
}
