import { extname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CodeReaderError } from './code-reader.error';
import type { Plane } from './plane';
import type { DecodedPlane } from './qr-decoder';

/** How the thread is started. */
export interface DecoderThreadOptions {
  /** The compiled worker, when it does not lie beside this file. */
  workerFile?: string;
  /** Node options of the thread, such as a TypeScript loader; the process's own unless given. */
  workerExecArgv?: string[];
  /** For one plane, the start of the thread included: the largest takes 0.1 s on an idle core, and the thread gives way to those that serve. */
  deadlineMs?: number;
}

const DEFAULT_DEADLINE_MS = 30_000;

/** A plane that is being decoded. */
interface Errand {
  resolve: (decoded: DecodedPlane) => void;
  reject: (error: CodeReaderError) => void;
}

/** Decodes planes one at a time in a worker thread, which is started at the first plane and again after it was lost. */
export class DecoderThread {
  private worker: Worker | undefined;
  private errand: Errand | undefined;

  constructor(private readonly options: DecoderThreadOptions = {}) {}

  /** Takes the plane's buffer away from the caller. The next call must wait for this one's end. */
  async decode(plane: Plane): Promise<DecodedPlane> {
    const worker = (this.worker ??= this.start());
    const { deadlineMs = DEFAULT_DEADLINE_MS } = this.options;
    const timer = setTimeout(() => {
      void this.lose(
        worker,
        new CodeReaderError('timed-out', `a page's codes were not decoded after ${deadlineMs} ms; the thread is replaced`),
      );
    }, deadlineMs);
    worker.ref();
    try {
      return await new Promise<DecodedPlane>((resolve, reject) => {
        this.errand = { resolve, reject };
        worker.postMessage(plane, [plane.values.buffer]);
      });
    } finally {
      clearTimeout(timer);
      // An idle thread is no reason for a process to go on.
      worker.unref();
    }
  }

  /** Ends the thread; the plane it is at is rejected. WebAssembly, unlike native code, can be ended in the midst of its work. */
  async close(): Promise<void> {
    const { worker } = this;
    if (worker) await this.lose(worker, new CodeReaderError('closed', 'the code reader is closed'));
  }

  private start(): Worker {
    const { workerFile = join(__dirname, 'codes.worker' + extname(__filename)), workerExecArgv } = this.options;
    const worker = new Worker(workerFile, { ...(workerExecArgv && { execArgv: workerExecArgv }) });
    let problem = 'ended';
    worker.on('message', (decoded: DecodedPlane) => this.settle(worker)?.resolve(decoded));
    worker.on('error', (error) => (problem = `crashed: ${nameOf(error)}`));
    worker.on('exit', () => void this.lose(worker, new CodeReaderError('thread-lost', `the thread that decodes codes ${problem}`)));
    return worker;
  }

  /** The errand that this thread is at; none when the thread was given up already. */
  private settle(worker: Worker): Errand | undefined {
    if (worker !== this.worker) return undefined;
    const { errand } = this;
    this.errand = undefined;
    return errand;
  }

  private async lose(worker: Worker, error: CodeReaderError): Promise<void> {
    const errand = this.settle(worker);
    if (worker === this.worker) this.worker = undefined;
    errand?.reject(error);
    await worker.terminate();
  }
}

/** The kind of an error and nothing more: its message might quote what was being decoded. */
function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : typeof error;
}
