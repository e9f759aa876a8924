import { PROBLEMS, type ProblemCode } from './problem';

/** One offending field of a request, as a dotted path, with what is wrong with it. Never the value. */
export interface FieldError {
  field: string;
  message: string;
  /** The caller made this name up: it may say anything, and stands in no log. */
  isForeign?: true;
}

/**
 * A failure that a caller of the API is told about: its code decides status and message. `detail` must be safe to show: no values, no paths.
 */
export class ProblemError extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[];

  constructor(
    readonly code: ProblemCode,
    readonly options: { detail?: string; errors?: readonly FieldError[]; cause?: unknown; retryAfterSeconds?: number } = {},
  ) {
    super(options.detail ?? PROBLEMS[code].message.en, { cause: options.cause });
    this.name = 'ProblemError';
    this.status = PROBLEMS[code].status;
    this.errors = options.errors ?? [];
  }
}
