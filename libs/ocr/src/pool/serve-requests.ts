import { parentPort } from 'node:worker_threads';
import { OcrError, type OcrFailure } from '../ocr.error';
import { STOP } from './stop-worker';

/** What a worker tells the pool. */
export type WorkerReply<Result> =
  { type: 'ready' } | { type: 'done'; result: Result } | { type: 'failed'; message: string; failure: OcrFailure | undefined };

/** Answers the pool's requests one at a time, inside a worker, once `handler` is there, until it is told to stop. */
export function serveRequests<Handler extends (request: never) => Promise<unknown>>(starting: Promise<Handler>): void {
  const port = parentPort;
  if (!port) throw new Error('this file runs in a worker thread only');
  const answer = async (work: Promise<WorkerReply<unknown>>): Promise<void> => {
    port.postMessage(await work.catch((error: unknown) => failed(error)));
  };
  const handle = async (request: Parameters<Handler>[0]): Promise<WorkerReply<unknown>> => ({
    type: 'done',
    result: await (await starting)(request),
  });
  port.on('message', (message: unknown) => {
    if (message === STOP) process.exit();
    void answer(handle(message as Parameters<Handler>[0]));
  });
  void answer(starting.then(() => ({ type: 'ready' })));
}

/** Only the engine's own words cross: an unexpected error's message might quote what was being read. */
function failed(error: unknown): WorkerReply<never> {
  if (!(error instanceof OcrError))
    return { type: 'failed', message: `unexpected ${error instanceof Error ? error.name : 'failure'}`, failure: undefined };
  const { stage, modelId, shape } = error;
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  return { type: 'failed', message: `${error.reason}${cause}`, failure: { stage, modelId, shape } };
}
