import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelRole } from '../packs/model-packs';
import { OcrError, type OcrStage } from '../ocr.error';
import type { ExecutionProvider } from './execution-provider';
import { cropOutput, padInput, type Padding } from './pad-input';
import { threadCoreMs } from './thread-core-time';
import { fitBucket, shapeBuckets, type InputShape } from './shape-buckets';

/**
 * One thread a session and no spinning: two workers with their own sessions reach 1.92 times one, two intra-op threads 1.54 times, and
 * spinning threads lose most of it under load. Without memory patterns changing shapes do not grow the arena; "all" brings the NCHWc
 * layout (-17 to -25 % of the time).
 */
const OPTIONS = {
  graphOptimizationLevel: 'all',
  enableCpuMemArena: true,
  enableMemPattern: false,
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
} satisfies InferenceSession.SessionOptions;

const STAGES: Record<Exclude<ModelRole, 'dictionary'>, OcrStage> = { det: 'detect', rec: 'recognize', cls: 'orient' };

/** Beyond a page the detector sees the page's own edge go on, since any other colour there would be an edge to it. */
const PADDING: Record<Exclude<ModelRole, 'dictionary'>, Padding> = { det: 'edge', rec: 'grey', cls: 'grey' };

/** Where a model runs; `create` opens a session of the runtime. */
export interface SessionDevice {
  provider: ExecutionProvider;
  /** Threads that share one run; 1 by default. */
  threads?: number;
  create?: (model: Uint8Array, options: InferenceSession.SessionOptions) => Promise<InferenceSession>;
}

/** One model, loaded on this thread, with one float32 image input. Never used on a thread that serves: `run` blocks it. */
export class ModelSession {
  private usedMs = 0;

  private constructor(
    private readonly session: InferenceSession,
    private readonly role: Exclude<ModelRole, 'dictionary'>,
    private readonly modelId: string,
    private readonly buckets: readonly InputShape[],
  ) {}

  /** Opens a model on one provider and no other; on CUDA it has then run in every shape it will be given. */
  static async load(
    role: Exclude<ModelRole, 'dictionary'>,
    modelId: string,
    model: Uint8Array,
    { provider, threads = 1, create = openSession }: SessionDevice = { provider: 'cpu' },
  ): Promise<ModelSession> {
    const buckets = provider === 'cpu' ? [] : shapeBuckets(role);
    try {
      const options = { ...OPTIONS, intraOpNumThreads: threads, executionProviders: [provider] };
      const session = new ModelSession(await create(model, options), role, modelId, buckets);
      for (const { height, width } of buckets) await session.run(new Float32Array(3 * height * width), height, width);
      return session;
    } catch (cause) {
      throw new OcrError(`the model "${role}" does not load`, { stage: 'start', modelId }, { cause });
    }
  }

  /**
   * Core time inside the model so far, in milliseconds; the thread's own, so that other work on the machine does not count. Of a run that is
   * shared by several threads it is this thread's part.
   */
  get modelMs(): number {
    return this.usedMs;
  }

  /** The last dimension of the first output: the recogniser's number of classes. */
  get outputSize(): number {
    const output = this.session.outputMetadata[0];
    const size = output?.isTensor ? output.shape.at(-1) : undefined;
    if (typeof size !== 'number') throw new OcrError(`the model "${this.role}" does not tell its output size`, this.failure('start'));
    return size;
  }

  /** Runs [1, 3, height, width] and returns the named outputs, or the first one. */
  async run(image: Float32Array, height: number, width: number, outputs?: readonly string[]): Promise<Tensor[]> {
    const bucket = this.bucketOf({ height, width });
    const shape = [1, 3, bucket.height, bucket.width];
    const names = outputs ?? this.session.outputNames.slice(0, 1);
    try {
      const feeds = {
        [this.session.inputNames[0] ?? 'x']: new Tensor('float32', padInput(image, { height, width }, bucket, PADDING[this.role]), shape),
      };
      const before = threadCoreMs();
      const results = await this.session.run(feeds, names);
      this.usedMs += threadCoreMs() - before;
      return names.map((name) => ownPart(results[name] as Tensor, { height, width }, bucket));
    } catch (cause) {
      throw new OcrError(`the model "${this.role}" failed`, this.failure(STAGES[this.role], shape), { cause });
    }
  }

  /** The shape an input is run in: its own where shapes cost nothing. A new one is refused, since it would stall every page behind it. */
  private bucketOf(size: InputShape): InputShape {
    if (this.buckets.length === 0) return size;
    const bucket = fitBucket(this.buckets, size);
    if (bucket) return bucket;
    throw new OcrError('no warmed shape holds this input', this.failure(STAGES[this.role], [1, 3, size.height, size.width]));
  }

  private failure(stage: OcrStage, shape?: readonly number[]) {
    return { stage, modelId: this.modelId, shape };
  }
}

function openSession(model: Uint8Array, options: InferenceSession.SessionOptions): Promise<InferenceSession> {
  return InferenceSession.create(model, options);
}

function ownPart(output: Tensor, size: InputShape, bucket: InputShape): Tensor {
  if (size.height === bucket.height && size.width === bucket.width) return output;
  const { data, dims } = cropOutput({ data: output.data as Float32Array | Int32Array, dims: output.dims }, size, bucket);
  return output.type === 'int32' ? new Tensor('int32', data, dims) : new Tensor('float32', data, dims);
}
