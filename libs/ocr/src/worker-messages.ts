import type { Band } from './detect/seal-bands';
import type { ExecutionProvider } from './onnx/execution-provider';
import type { Precision } from './onnx/precision';
import type { SharedPage } from './layout/shared-page';
import type { ModelPack } from './packs/model-packs';
import type { LocatedPage } from './locate';
import type { PageSeal, Quad, RingReading } from './page';
import type { CheckedReading } from './recognize/line-recognizer';

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

/** One unit of work: a page's boxes, those under a seal, the text of one box (as published where it must be), a page's seals, or the text of a ring. */
export type OcrRequest =
  | { kind: 'locate'; page: SharedPage }
  | { kind: 'look'; page: SharedPage; band: Band; scale: number }
  | { kind: 'read'; page: SharedPage; quad: Quad; exactly: boolean }
  | { kind: 'seals'; page: SharedPage }
  | { kind: 'ring'; page: SharedPage; seal: PageSeal };

/** The answer to a request of the same kind. */
export type OcrAnswer =
  | ({ kind: 'locate' } & Omit<LocatedPage, 'page'> & { page: SharedPage })
  | { kind: 'look'; quads: Quad[] }
  | ({ kind: 'read' } & CheckedReading)
  | { kind: 'seals'; seals: PageSeal[] }
  | { kind: 'ring'; ring: RingReading };

/** An answer, and the core time inside the models that it took. */
export type OcrResult = OcrAnswer & { modelMs: number };
