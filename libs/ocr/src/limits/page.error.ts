/** What is wrong with a page: its sides, its buffer, or more pixels than the engine takes. */
export type OcrPageProblem = 'sides' | 'buffer' | 'too-many-pixels';

/** The page cannot be read as it was handed over; the same page is refused again. */
export class OcrPageError extends Error {
  override readonly name = 'OcrPageError';

  constructor(
    readonly problem: OcrPageProblem,
    message: string,
  ) {
    super(message);
  }
}

/** The page was not read in the time it was given; the engine goes on with other pages. */
export class OcrDeadlineError extends Error {
  override readonly name = 'OcrDeadlineError';

  constructor(readonly deadlineMs: number) {
    super(`the page was not read within ${deadlineMs} ms, waiting included; give it longer (deadlineMs) or hold fewer pages at a time`);
  }
}
