import { OcrDeadlineError } from './page.error';

/** Runs `work` with a signal that fires with `OcrDeadlineError` after `deadlineMs`, or when `signal` does, with its reason. */
export async function beforeDeadline<Result>(
  deadlineMs: number,
  signal: AbortSignal | undefined,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(new OcrDeadlineError(deadlineMs)), deadlineMs);
  try {
    return await work(signal ? AbortSignal.any([signal, deadline.signal]) : deadline.signal);
  } finally {
    clearTimeout(timer);
  }
}
