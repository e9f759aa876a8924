import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { DocumentError } from '../document.error';
import { DocumentReaderError } from './document-reader.error';
import type { RootFile } from '../signatures/certificates/root-files';
import type { ParsingAnswer, ParsingAnswers, ParsingReply, ParsingRequest, ParsingSetup, RequestTo } from './parsing-protocol';
import { heldMiB, watchMemory } from './watch-memory';
import { watchTime } from './watch-time';

/** How a thread is started, and how much memory it may hold. */
export interface ParsingThreadOptions {
  /** The compiled worker, when it does not lie beside this file. */
  workerFile?: string;
  /** Node options of the thread, such as a TypeScript loader; the process's own unless given. */
  workerExecArgv?: string[];
  /** Whose signatures count, as the operator installed them; nobody's unless told. */
  trustedRoots?: readonly RootFile[];
  /** What the thread may hold in all, with its buffers and WebAssembly's memory. */
  maxMemoryMiB?: number;
}

/** With what the answer takes again in the calling thread this stays below 512 MiB. */
const DEFAULT_MAX_MEMORY_MIB = 384;

/** JavaScript objects alone: V8 ends the thread beyond this. A bill's file leaves some ten MiB of them. */
const HEAP_MIB = 224;
const YOUNG_HEAP_MIB = 32;

/** Loading the parsers takes some tenths of a second of an idle core. */
const START_DEADLINE_MS = 60_000;

interface Errand {
  resolve: (answer: ParsingAnswer) => void;
  reject: (error: unknown) => void;
}

/**
 * A thread that parses one document at a time. It has no environment, and what it prints is thrown away. Once lost it stays lost: with
 * `DocumentError` where the document is to blame, else with `DocumentReaderError`.
 */
export class ParsingThread {
  private readonly worker: Worker;
  private readonly started = Promise.withResolvers<undefined>();
  private readonly maxMemoryMiB: number;
  private isReady = false;
  private errand: Errand | undefined;
  private lossReason: Error | undefined;
  private problem: unknown;

  constructor({ workerFile, workerExecArgv, trustedRoots = [], maxMemoryMiB = DEFAULT_MAX_MEMORY_MIB }: ParsingThreadOptions = {}) {
    this.maxMemoryMiB = maxMemoryMiB;
    this.worker = new Worker(workerFile ?? join(__dirname, 'parsing.worker' + extname(__filename)), {
      env: {},
      workerData: { trustedRoots } satisfies ParsingSetup,
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, maxYoungGenerationSizeMb: YOUNG_HEAP_MIB },
      ...(workerExecArgv && { execArgv: workerExecArgv }),
    });
    // What a parser prints may quote what it parses.
    this.worker.stdout.resume();
    this.worker.stderr.resume();
    this.worker.on('message', (said: ParsingReply) => this.hear(said));
    this.worker.on('error', (error: unknown) => (this.problem = error));
    this.worker.on('exit', () => void this.lose(this.exitReason()));
    void this.started.promise.catch(() => null);
  }

  get isLost(): boolean {
    return this.lossReason !== undefined;
  }

  /** Memory the thread holds, in MiB; rejects when it has ended. */
  heldMiB(): Promise<number> {
    return heldMiB(this.worker);
  }

  /** Resolves when the parsers are loaded. */
  async ready(): Promise<void> {
    const timer = setTimeout(() => {
      void this.lose(new DocumentReaderError('thread-lost', `the thread that parses was not ready after ${START_DEADLINE_MS} ms`));
    }, START_DEADLINE_MS);
    this.worker.ref();
    try {
      await this.started.promise;
    } finally {
      clearTimeout(timer);
      this.worker.unref();
    }
  }

  /** Gives the thread up when it takes more than `allowanceMs` of its own time. The next request must wait for this one's end. */
  async ask<A extends ParsingRequest['ask']>(
    request: RequestTo<A>,
    allowanceMs: number,
    transfer: ArrayBuffer[] = [],
  ): Promise<{ answer: ParsingAnswers[A]; tookMs: number }> {
    if (this.lossReason) throw this.lossReason;
    const stopWatching = this.watch(allowanceMs);
    let tookMs: Promise<number> | undefined;
    this.worker.ref();
    try {
      const answer = await new Promise<ParsingAnswer>((resolve, reject) => {
        this.errand = { resolve, reject };
        this.worker.postMessage(request, transfer);
      });
      tookMs = stopWatching();
      return { answer: answer as ParsingAnswers[A], tookMs: await tookMs };
    } finally {
      if (!tookMs) void stopWatching();
      // An idle thread is no reason for a process to go on.
      this.worker.unref();
    }
  }

  /** Gives the thread up; what it is asked is rejected with the reason. WebAssembly and JavaScript can be ended in the midst of their work. */
  async lose(reason: Error): Promise<void> {
    this.lossReason ??= reason;
    this.started.reject(this.lossReason);
    this.settle()?.reject(this.lossReason);
    await this.worker.terminate();
  }

  private hear(said: ParsingReply): void {
    if ('ready' in said) {
      this.isReady = true;
      this.started.resolve(undefined);
    } else if ('answer' in said) this.settle()?.resolve(said.answer);
    else this.settle()?.reject(new DocumentError(said.refusal.code, said.refusal.message));
  }

  private settle(): Errand | undefined {
    const { errand } = this;
    this.errand = undefined;
    return errand;
  }

  /** Looks after time and memory until it is told to stop; answers the thread's own time. */
  private watch(allowanceMs: number): () => Promise<number> {
    const { worker, maxMemoryMiB } = this;
    const late = `not parsed after ${Math.round(allowanceMs)} ms`;
    const stopTime = watchTime(worker, allowanceMs, {
      exceeded: () => void this.lose(new DocumentError('unsafe', `the document was ${late} of its parser's time`)),
      starved: () => void this.lose(new DocumentReaderError('starved', `a document was ${late}, for want of a processor; try again`)),
    });
    const stopMemory = watchMemory(worker, maxMemoryMiB, () => {
      void this.lose(new DocumentError('unsafe', `the document needs more than ${maxMemoryMiB} MiB to be parsed`));
    });
    return () => {
      stopMemory();
      return stopTime();
    };
  }

  private exitReason(): Error {
    const { problem } = this;
    const how = problem === undefined ? 'ended' : `crashed: ${nameOf(problem)}`;
    if (codeOf(problem) === 'ERR_WORKER_OUT_OF_MEMORY' && this.isReady) {
      return new DocumentError('unsafe', `the document needs more than ${HEAP_MIB} MiB of objects to be parsed`);
    }
    if (this.isReady && this.errand) return new DocumentError('damaged', `the document's parser ${how}`, { cause: problem });
    return new DocumentReaderError('thread-lost', `the thread that parses documents ${how}`, { cause: problem });
  }
}

/** The kind of an error and nothing more: its message might quote the document. */
function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : typeof error;
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}
