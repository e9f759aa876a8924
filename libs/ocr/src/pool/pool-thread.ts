import type { Worker } from 'node:worker_threads';
import type { OcrFailure } from '../ocr.error';
import type { WorkerReply } from './serve-requests';
import { stopWorker } from './stop-worker';
import type { Task } from './task-queue';

/** What a pool must be told about one of its threads. */
export interface ThreadEvents {
  /** It can take a task. */
  idle(): void;
  /** It ended, and it was not told to. */
  lost(): void;
}

/** Makes the error of a failed request; `request` is undefined when the thread did not even start. */
export type FailureOf<Request> = (request: Request | undefined, message: string, failure: OcrFailure | undefined) => Error;

/** One worker thread and the task it is at. */
export class PoolThread<Request, Result> {
  private task: Task<Request, Result> | undefined;
  private ended = false;
  private problem = 'the worker thread ended';

  private constructor(
    private readonly worker: Worker,
    private readonly events: ThreadEvents,
    private readonly failureOf: FailureOf<Request>,
    private readonly stopGraceMs: number,
  ) {}

  /** Resolves once the worker says it is ready; rejects with its reason when it does not come up. */
  static start<Request, Result>(
    worker: Worker,
    events: ThreadEvents,
    failureOf: FailureOf<Request>,
    stopGraceMs: number,
  ): Promise<PoolThread<Request, Result>> {
    const thread = new PoolThread<Request, Result>(worker, events, failureOf, stopGraceMs);
    worker.on('error', (error) => (thread.problem = `the worker thread crashed: ${nameOf(error)}`));
    return new Promise((resolve, reject) => {
      const giveUp = () => reject(failureOf(undefined, thread.problem, undefined));
      worker.once('exit', giveUp);
      worker.once('message', (reply: WorkerReply<Result>) => {
        worker.off('exit', giveUp);
        if (reply.type === 'ready') {
          resolve(thread.serve());
          return;
        }
        const problem = reply.type === 'failed' ? failureOf(undefined, reply.message, reply.failure) : undefined;
        void thread.end().then(() => reject(problem ?? failureOf(undefined, 'the worker thread answered before it was asked', undefined)));
      });
    });
  }

  get isIdle(): boolean {
    return !this.ended && !this.task;
  }

  run(task: Task<Request, Result>): void {
    this.task = task;
    this.worker.postMessage(task.request);
  }

  /** Stops the thread; the task it is at is the caller's to reject. */
  async end(): Promise<Task<Request, Result> | undefined> {
    this.ended = true;
    const { task } = this;
    this.task = undefined;
    await stopWorker(this.worker, this.stopGraceMs);
    return task;
  }

  private serve(): this {
    this.worker.on('message', (reply: WorkerReply<Result>) => this.onReply(reply));
    this.worker.once('exit', () => this.onExit());
    return this;
  }

  private onReply(reply: WorkerReply<Result>): void {
    const { task } = this;
    this.task = undefined;
    if (task && reply.type === 'done') task.resolve(reply.result);
    if (task && reply.type === 'failed') task.reject(this.failureOf(task.request, reply.message, reply.failure));
    this.events.idle();
  }

  private onExit(): void {
    if (this.ended) return;
    this.ended = true;
    this.task?.reject(this.failureOf(this.task.request, this.problem, undefined));
    this.task = undefined;
    this.events.lost();
  }
}

/** The kind of an error and nothing more: its message might quote what was being read. */
function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : typeof error;
}
