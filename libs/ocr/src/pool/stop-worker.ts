import type { Worker } from 'node:worker_threads';

/** What a worker is sent when it is to end; requests are objects. */
export const STOP = 'stop';

/** A page's detector runs for a second at most, and a worker listens between two runs. */
export const STOP_GRACE_MS = 10_000;

/**
 * Ends a worker between two runs of a model. `terminate` in the midst of one takes the whole process down: the native code comes back to a
 * thread that can no longer make its results, and its exception is caught by nobody. It is kept for a worker that does not answer.
 */
export async function stopWorker(worker: Worker, graceMs: number): Promise<void> {
  if (hasExited(worker)) return;
  const exited = new Promise((resolve) => worker.once('exit', resolve));
  const timer = setTimeout(() => void worker.terminate(), graceMs);
  worker.postMessage(STOP);
  await exited;
  clearTimeout(timer);
}

function hasExited(worker: Worker): boolean {
  return worker.threadId === -1;
}
