/** Where in the engine something failed. */
export type OcrStage = 'start' | 'orient' | 'detect' | 'recognize';

/** What an error may say of the work that failed: never pixels, never text. */
export interface OcrFailure {
  stage: OcrStage;
  modelId: string;
  /** Shape of the tensor that was being run, where there was one. */
  shape?: readonly number[] | undefined;
}

/** A page could not be read. A failure never looks like an empty page. */
export class OcrError extends Error {
  override readonly name = 'OcrError';
  readonly stage: OcrStage;
  readonly modelId: string;
  readonly shape: readonly number[] | undefined;

  constructor(
    readonly reason: string,
    failure: OcrFailure,
    options?: ErrorOptions,
  ) {
    const shape = failure.shape ? ` at [${failure.shape.join(', ')}]` : '';
    super(`${reason} (stage ${failure.stage}, model ${failure.modelId}${shape})`, options);
    this.stage = failure.stage;
    this.modelId = failure.modelId;
    this.shape = failure.shape;
  }
}

/** The engine holds as many pages as it may; nothing was queued, so the caller can offer the page again later. */
export class OcrBusyError extends Error {
  override readonly name = 'OcrBusyError';

  constructor(readonly pagesHeld: number) {
    super(`the OCR engine already holds ${pagesHeld} pages; offer the page again when one is done`);
  }
}

/** The engine was closed before the page was read. */
export class OcrClosedError extends Error {
  override readonly name = 'OcrClosedError';

  constructor() {
    super('the OCR engine is closed');
  }
}
