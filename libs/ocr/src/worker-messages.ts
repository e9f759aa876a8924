import type { ExecutionProvider } from './onnx/execution-provider';
import type { OcrFailure } from './ocr.error';
import type { SharedPage } from './layout/shared-page';
import type { ModelRole } from './packs/model-packs';
import type { PageSeal, Quad, RingReading, Turn } from './page';
import type { LineReading } from './recognize/line-recognizer';

/** What a worker is started with: checked model bytes in shared memory. */
export interface WorkerModels {
  packName: string;
  /** What runs the models of this worker, and nothing else in its place. */
  provider: ExecutionProvider;
  files: Map<ModelRole, Uint8Array>;
  /** Whether this worker also finds text: the detector's activations are the largest part of a worker's memory. */
  detects: boolean;
}

/** One unit of work: a page's boxes and seals, the text of one box, or that of one seal's ring. */
export type OcrRequest =
  | { kind: 'locate'; page: SharedPage }
  | { kind: 'read'; page: SharedPage; quad: Quad }
  | { kind: 'seal'; page: SharedPage; seal: PageSeal };

/** The answer to a request of the same kind. */
export type OcrResult = LocateResult | ReadResult | SealResult;

/** The upright page, its boxes and its seals; `modelMs` is the core time inside the models. */
export interface LocateResult {
  kind: 'locate';
  page: SharedPage;
  turned: Turn;
  quads: Quad[];
  seals: PageSeal[];
  modelMs: number;
}

/** The text of one box; `modelMs` is the core time inside the models. */
export interface ReadResult {
  kind: 'read';
  line: LineReading;
  modelMs: number;
}

/** The text of one seal's ring; `modelMs` is the core time inside the models. */
export interface SealResult {
  kind: 'seal';
  ring: RingReading;
  modelMs: number;
}

/** Why a request failed, as it crosses from the worker. */
export interface RequestFailure extends OcrFailure {
  message: string;
}
