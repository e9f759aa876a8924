import { DocumentReaderError } from './document-reader.error';
import { ParsingThread, type ParsingThreadOptions } from './parsing-thread';

/** How many threads there are at most, and how each is started. */
export interface ParsingThreadsOptions extends ParsingThreadOptions {
  /** Documents that are parsed at a time, each in a thread of its own; one more waits. */
  maxDocuments?: number;
}

const DEFAULT_MAX_DOCUMENTS = 2;

/** A thread that held this much may never give it back: WebAssembly's memory only grows. Scans at 300 dpi leave it below. */
const KEPT_MIB = 192;

/** Lends threads to documents, one to each. */
export class ParsingThreads {
  private readonly idle: ParsingThread[] = [];
  private readonly lent = new Set<ParsingThread>();
  private readonly waiting = new Set<PromiseWithResolvers<undefined>>();
  private places: number;
  private isClosed = false;
  private lostCount = 0;

  constructor(private readonly options: ParsingThreadsOptions = {}) {
    this.places = options.maxDocuments ?? DEFAULT_MAX_DOCUMENTS;
  }

  /** How many threads did not outlive their document so far. */
  get lost(): number {
    return this.lostCount;
  }

  /** A thread that is ready. Throws the signal's reason when it is called off before, `DocumentReaderError` when there is none to be had. */
  async take(signal?: AbortSignal): Promise<ParsingThread> {
    signal?.throwIfAborted();
    if (this.isClosed) throw closedError();
    await this.place(signal);
    const thread = this.idle.pop() ?? new ParsingThread(this.options);
    this.lent.add(thread);
    try {
      await thread.ready();
    } catch (error) {
      await this.giveBack(thread, { isReusable: false });
      throw error;
    }
    return thread;
  }

  /** Takes a thread back. One that is not to be used again is ended, which nobody waits for but who gets its place. */
  async giveBack(thread: ParsingThread, { isReusable }: { isReusable: boolean }): Promise<void> {
    if (thread.isLost) this.lostCount += 1;
    // A thread that has ended in the meantime is no loss.
    const heldMiB = isReusable && !thread.isLost ? await thread.heldMiB().catch(() => Infinity) : Infinity;
    if (heldMiB > KEPT_MIB || this.isClosed) {
      void thread.lose(closedError()).then(() => this.handOver(thread));
    } else {
      this.idle.push(thread);
      this.handOver(thread);
    }
  }

  /** Ends every thread; the documents in them and those that wait are rejected. */
  async close(): Promise<void> {
    this.isClosed = true;
    for (const each of this.waiting) each.reject(closedError());
    await Promise.all([...this.idle.splice(0), ...this.lent].map((thread) => thread.lose(closedError())));
  }

  private handOver(thread: ParsingThread): void {
    this.lent.delete(thread);
    this.places += 1;
    this.waiting.values().next().value?.resolve(undefined);
  }

  /** Takes a place, in the order of asking. */
  private async place(signal: AbortSignal | undefined): Promise<void> {
    while (this.places === 0) {
      const turn = Promise.withResolvers<undefined>();
      const callOff = () => turn.reject(signal?.reason);
      this.waiting.add(turn);
      signal?.addEventListener('abort', callOff);
      try {
        await turn.promise;
      } finally {
        this.waiting.delete(turn);
        signal?.removeEventListener('abort', callOff);
      }
    }
    this.places -= 1;
  }
}

function closedError(): DocumentReaderError {
  return new DocumentReaderError('closed', 'the reader of documents is closed');
}
