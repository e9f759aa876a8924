import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { ModelRole } from '../packs/model-packs';
import { OcrError, type OcrStage } from '../ocr.error';

/**
 * One thread a session and no spinning: two workers with their own sessions reach 1.92 times one, two intra-op threads 1.54 times, and
 * spinning threads lose most of it under load. Without memory patterns changing shapes do not grow the arena; "all" brings the NCHWc
 * layout (-17 to -25 % of the time).
 */
const OPTIONS: InferenceSession.SessionOptions = {
  executionProviders: ['cpu'],
  graphOptimizationLevel: 'all',
  enableCpuMemArena: true,
  enableMemPattern: false,
  intraOpNumThreads: 1,
  interOpNumThreads: 1,
  extra: { session: { intra_op: { allow_spinning: '0' } } },
};

const STAGES: Record<Exclude<ModelRole, 'dictionary'>, OcrStage> = { det: 'detect', rec: 'recognize', cls: 'orient' };

/** One model, loaded on this thread, with one float32 image input. Never used on a thread that serves: `run` blocks it. */
export class ModelSession {
  private usedMs = 0;

  private constructor(
    private readonly session: InferenceSession,
    private readonly role: Exclude<ModelRole, 'dictionary'>,
    private readonly modelId: string,
  ) {}

  static async load(role: Exclude<ModelRole, 'dictionary'>, modelId: string, model: Uint8Array): Promise<ModelSession> {
    try {
      return new ModelSession(await InferenceSession.create(model, OPTIONS), role, modelId);
    } catch (cause) {
      throw new OcrError(`the model "${role}" does not load`, { stage: 'start', modelId }, { cause });
    }
  }

  /** Core time inside the model so far, in milliseconds; the thread's own, so that other work on the machine does not count. */
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
    const shape = [1, 3, height, width];
    const names = outputs ?? this.session.outputNames.slice(0, 1);
    try {
      const feeds = { [this.session.inputNames[0] ?? 'x']: new Tensor('float32', image, shape) };
      const before = process.threadCpuUsage();
      const results = await this.session.run(feeds, names);
      const { user, system } = process.threadCpuUsage(before);
      this.usedMs += (user + system) / 1000;
      return names.map((name) => results[name] as Tensor);
    } catch (cause) {
      throw new OcrError(`the model "${this.role}" failed`, this.failure(STAGES[this.role], shape), { cause });
    }
  }

  private failure(stage: OcrStage, shape?: readonly number[]) {
    return { stage, modelId: this.modelId, shape };
  }
}
