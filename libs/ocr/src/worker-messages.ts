import type { Band } from './detect/seal-bands';
import type { ExecutionProvider } from './onnx/execution-provider';
import type { Precision } from './onnx/precision';
import type { OcrFailure } from './ocr.error';
import type { SharedPage } from './layout/shared-page';
import type { ModelPack } from './packs/model-packs';
import type { Quad, Turn } from './page';
import type { LineReading } from './recognize/line-recognizer';

/** What a worker can do beyond a first reading: find text, or read with the model as published where the first reading multiplies in integers. */
export type WorkerSkill = 'detect' | 'read exactly';

/** What a worker is started with: it opens the files itself, so that nothing is kept for threads that may have to be replaced. */
export interface WorkerModels {
  packDir: string;
  pack: ModelPack;
  /** What runs the models of this worker, and nothing else in its place. */
  provider: ExecutionProvider;
  precision: Precision;
  /** Each costs memory for a model of its own, so not every worker has every skill. */
  skills: readonly WorkerSkill[];
  /** Threads that look for text together when they have nothing else to do. */
  detectorThreads: number;
}

/** One unit of work: a page's boxes, those under a seal, or the text of one box at a glance or with every look it takes. */
export type OcrRequest =
  | { kind: 'locate'; page: SharedPage }
  | { kind: 'look'; page: SharedPage; band: Band; scale: number }
  | { kind: 'glance'; page: SharedPage; quad: Quad }
  | { kind: 'read'; page: SharedPage; quad: Quad };

/** The answer to a request of the same kind; `modelMs` is the core time inside the models. */
export type OcrResult = (LocateResult | LookResult | ReadResult) & { modelMs: number };

/** The upright page, its boxes, and the bands of it that must be looked at again at the same scale. */
export interface LocateResult {
  kind: 'locate';
  page: SharedPage;
  turned: Turn;
  quads: Quad[];
  scale: number;
  bands: Band[];
}

/** The boxes of a band. */
export interface LookResult {
  kind: 'look';
  quads: Quad[];
}

/** The text of one box. */
export interface ReadResult {
  kind: 'read';
  line: LineReading;
  /** The line must be read again, exactly. */
  isDoubtful: boolean;
}

/** Why a request failed, as it crosses from the worker. */
export interface RequestFailure extends OcrFailure {
  message: string;
}
