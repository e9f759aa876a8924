import type { ExecutionProvider } from './onnx/execution-provider';
import type { OcrFailure } from './ocr.error';
import type { SharedPage } from './layout/shared-page';
import type { ModelRole } from './packs/model-packs';
import type { Quad, Turn } from './page';
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

/** One unit of work: a page's boxes, or the text of one box. */
export type OcrRequest = { kind: 'locate'; page: SharedPage } | { kind: 'read'; page: SharedPage; quad: Quad };

/** The answer to a request of the same kind. */
export type OcrResult = LocateResult | ReadResult;

/** The upright page and its boxes; `modelMs` is the core time inside the models. */
export interface LocateResult {
  kind: 'locate';
  page: SharedPage;
  turned: Turn;
  quads: Quad[];
  modelMs: number;
}

/** The text of one box; `modelMs` is the core time inside the models. */
export interface ReadResult {
  kind: 'read';
  line: LineReading;
  modelMs: number;
}

/** Why a request failed, as it crosses from the worker. */
export interface RequestFailure extends OcrFailure {
  message: string;
}
