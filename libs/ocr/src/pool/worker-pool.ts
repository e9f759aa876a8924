import type { Worker } from 'node:worker_threads';
import { OcrClosedError } from '../ocr.error';
import { PoolThread, type FailureOf } from './pool-thread';
import { STOP_GRACE_MS } from './stop-worker';
import { TaskQueue, type Task } from './task-queue';

/** How a pool is made. */
export interface PoolOptions<Request> {
  size: number;
  /** Starts the thread of one place in the pool. */
  spawn(place: number): Worker;
  /** What the thread at this place can do beyond what all can; every skill that is asked for must be somebody's. */
  skillsOf(place: number): readonly string[];
  failureOf: FailureOf<Request>;
  /** How long a thread may take to end what it runs before it is ended by force. */
  stopGraceMs?: number;
}

/** What orders a task among the others, and what may call it off. */
export interface TaskOptions {
  group: number;
  cost: number;
  /** What its thread must be able to do beyond what all can. */
  skill?: string | undefined;
  signal?: AbortSignal | undefined;
}

/** Threads that each run one request at a time; one that crashes fails its request and is replaced. */
export class WorkerPool<Request, Result> {
  private readonly queue = new TaskQueue<Request, Result>();
  private readonly threads: (PoolThread<Request, Result> | undefined)[];
  private readonly starting = new Map<number, Promise<void>>();
  private closed = false;

  private constructor(private readonly options: PoolOptions<Request>) {
    this.threads = Array.from({ length: options.size }, () => undefined);
  }

  /** Starts the threads one after another: the runtime they share is not made for a race at its first use. */
  static async start<Request, Result>(options: PoolOptions<Request>): Promise<WorkerPool<Request, Result>> {
    const pool = new WorkerPool<Request, Result>(options);
    try {
      for (let place = 0; place < options.size; place++) await pool.fill(place);
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  run(request: Request, { signal, skill, ...order }: TaskOptions): Promise<Result> {
    if (this.closed) return Promise.reject(new OcrClosedError());
    if (signal?.aborted) return Promise.reject(reasonOf(signal));
    return new Promise<Result>((resolve, reject) => {
      const task: Task<Request, Result> = { request, skill, ...order, resolve, reject };
      const abort = () => {
        this.queue.remove(task);
        reject(reasonOf(signal));
      };
      signal?.addEventListener('abort', abort, { once: true });
      const settled = () => signal?.removeEventListener('abort', abort);
      task.resolve = (result) => {
        settled();
        resolve(result);
      };
      task.reject = (error) => {
        settled();
        reject(error);
      };
      this.queue.add(task);
      this.dispatch();
    });
  }

  /** Ends every thread; what waits or runs is rejected with `OcrClosedError`. */
  async close(): Promise<void> {
    this.closed = true;
    for (const task of this.queue.drain()) task.reject(new OcrClosedError());
    await Promise.allSettled(this.starting.values());
    const threads = this.threads.splice(0).filter((thread) => thread !== undefined);
    const tasks = await Promise.all(threads.map((thread) => thread.end()));
    for (const task of tasks) task?.reject(new OcrClosedError());
  }

  private dispatch(): void {
    this.threads.forEach((thread, place) => {
      if (!thread) {
        this.refill(place);
        return;
      }
      const task = thread.isIdle ? this.queue.take(this.options.skillsOf(place)) : undefined;
      if (task) thread.run(task);
    });
  }

  /** Replaces a lost thread. When that fails too, nothing waits for it in vain: the next request tries again. */
  private refill(place: number): void {
    if (this.closed || this.starting.has(place)) return;
    this.fill(place).then(
      () => {
        this.dispatch();
      },
      (error: unknown) => {
        for (const task of this.queue.drain()) task.reject(error instanceof Error ? error : new Error('a worker thread did not start'));
      },
    );
  }

  private fill(place: number): Promise<void> {
    const events = {
      idle: () => {
        this.dispatch();
      },
      lost: () => {
        this.threads[place] = undefined;
        this.refill(place);
      },
    };
    const filling = PoolThread.start<Request, Result>(
      this.options.spawn(place),
      events,
      this.options.failureOf,
      this.options.stopGraceMs ?? STOP_GRACE_MS,
    )
      .then((thread) => {
        this.threads[place] = thread;
      })
      .finally(() => this.starting.delete(place));
    this.starting.set(place, filling);
    return filling;
  }
}

function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('aborted', { cause: reason });
}
