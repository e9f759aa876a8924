export { OcrBusyError, OcrClosedError, OcrError, type OcrFailure, type OcrStage } from './ocr.error';
export type { EmptyReason } from './limits/blank-page';
export { DEFAULT_PAGE_LIMITS, type PageLimits } from './limits/page-limits';
export { OcrDeadlineError, OcrPageError, type OcrPageProblem } from './limits/page.error';
export { OcrEngine, type OcrEngineOptions, type ReadOptions } from './ocr-engine';
export { ModelPackError } from './packs/model-pack.error';
export { MODEL_PACKS, type ModelFile, type ModelPack, type ModelRole } from './packs/model-packs';
export { resolvePack } from './packs/resolve-pack';
export type { LineChar, PageImage, PageText, PageTimings, Point, Quad, TextLine, Turn } from './page';
