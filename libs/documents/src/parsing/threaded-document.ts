import { DocumentError } from '../document.error';
import type { DocumentLimits } from '../limits';
import type { DocumentPage, OpenedDocument } from '../opened-document';
import type { PageImage } from '../page-image';
import type { DocumentHead, ParsingAnswers, ParsingRequest, RequestTo } from './parsing-protocol';
import type { ParsingThread } from './parsing-thread';

/** How long a document may be parsed, what calls it off, and how its thread is given back. */
export interface ThreadedDocumentOptions {
  /** For one thing asked, and for all of a document of few pages. */
  deadlineMs: number;
  /** A document may take this long for each of its pages where that is more in all. */
  pageMs: number;
  signal?: AbortSignal | undefined;
  release: (ending: { isReusable: boolean }) => Promise<void>;
}

/** Giving memory back is no part of the parsing that has a deadline. */
const CLOSING_MS = 2_000;

/** A document that is parsed in a thread, which is its own until it is closed. Nothing may be asked before it was opened. */
export class ThreadedDocument implements OpenedDocument {
  private head: DocumentHead | undefined;
  private tookMs = 0;
  private wasUnsafe = false;
  private ending: Promise<void> | undefined;
  /** Requests wait for one another: the thread does one thing at a time. */
  private last: Promise<unknown> = Promise.resolve();
  private readonly callOff: () => void;

  constructor(
    private readonly thread: ParsingThread,
    private readonly options: ThreadedDocumentOptions,
  ) {
    this.callOff = () => void thread.lose(reasonOf(options.signal));
    options.signal?.addEventListener('abort', this.callOff);
    if (options.signal?.aborted) this.callOff();
  }

  /** When it cannot be opened, it needs not be closed. */
  async open(bytes: Buffer, limits: Partial<DocumentLimits>): Promise<void> {
    const copy = new Uint8Array(bytes);
    try {
      this.head = await this.ask<'open'>({ ask: 'open', bytes: copy, limits }, [copy.buffer]);
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  get mediaType() {
    return this.known.mediaType;
  }
  get pageCount() {
    return this.known.pageCount;
  }
  get xml() {
    return this.known.xml;
  }
  get signatures() {
    return this.known.signatures;
  }

  page(number: number): Promise<DocumentPage> {
    return this.inTurn(() => this.ask<'page'>({ ask: 'page', number: this.inside(number) }));
  }

  picture(number: number): Promise<PageImage | null> {
    return this.inTurn(() => this.ask<'picture'>({ ask: 'picture', number: this.inside(number) }));
  }

  /** Never throws for the document's sake: what was read of it is read. */
  close(): Promise<void> {
    return (this.ending ??= this.inTurn(() => this.end()));
  }

  private async end(): Promise<void> {
    try {
      if (!this.thread.isLost && !this.wasUnsafe) await this.thread.ask<'close'>({ ask: 'close' }, CLOSING_MS);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
    } finally {
      await this.release();
    }
  }

  private async release(): Promise<void> {
    this.options.signal?.removeEventListener('abort', this.callOff);
    await this.options.release({ isReusable: !this.wasUnsafe });
  }

  private async ask<A extends ParsingRequest['ask']>(request: RequestTo<A>, transfer: ArrayBuffer[] = []): Promise<ParsingAnswers[A]> {
    const { deadlineMs, pageMs } = this.options;
    const inAllMs = Math.max(deadlineMs, pageMs * (this.head?.pageCount ?? 0));
    try {
      const { answer, tookMs } = await this.thread.ask<A>(request, Math.max(0, Math.min(deadlineMs, inAllMs - this.tookMs)), transfer);
      this.tookMs += tookMs;
      return answer;
    } catch (error) {
      this.wasUnsafe ||= error instanceof DocumentError && error.code === 'unsafe';
      throw error;
    }
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.last.then(work);
    this.last = done.catch(() => undefined);
    return done;
  }

  private inside(number: number): number {
    if (Number.isInteger(number) && number >= 1 && number <= this.pageCount) return number;
    throw new RangeError(`the document has ${this.pageCount} pages, and page ${number} was asked for`);
  }

  private get known(): DocumentHead {
    if (!this.head) throw new Error('the document was not opened');
    return this.head;
  }
}

/** Signals are called off with anything; what rejects should be an error. */
function reasonOf(signal: AbortSignal | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error('the reading was called off', { cause: reason });
}
