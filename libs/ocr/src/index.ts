export { OcrBusyError, OcrClosedError, OcrError, type OcrFailure, type OcrStage } from './ocr.error';
export { DEFAULT_PAGE_LIMITS, type PageLimits } from './limits/page-limits';
export { OcrDeadlineError, OcrPageError, type OcrPageProblem } from './limits/page.error';
export { OcrEngine, type OcrEngineOptions, type ReadOptions } from './ocr-engine';
export type { ExecutionProvider, ProviderLadder } from './onnx/execution-provider';
export { OcrProviderError, type ProviderRefusal } from './onnx/provider.error';
export { ModelPackError } from './packs/model-pack.error';
export { MODEL_PACKS, type ModelFile, type ModelPack, type ModelRole } from './packs/model-packs';
export { resolvePack } from './packs/resolve-pack';
export type {
  Ellipse,
  EmptyReason,
  LineChar,
  PageImage,
  PageSeal,
  PageText,
  PageTimings,
  Point,
  Quad,
  RingReading,
  TextLine,
  Turn,
} from './page';
export type { Precision } from './onnx/precision';
export type { LineChooser, SealReading } from './read-page';
export * from './shapes';
