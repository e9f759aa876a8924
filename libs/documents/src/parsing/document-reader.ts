import { DEFAULT_LIMITS, type DocumentLimits } from '../limits';
import { openDocument } from '../open-document';
import type { OpenedDocument } from '../opened-document';
import { TrustedRoots, type TrustedRoot } from '../signatures/certificates/trusted-roots';
import { sniff } from '../sniff';
import { ParsingThreads, type ParsingThreadsOptions } from './parsing-threads';
import { ThreadedDocument } from './threaded-document';

/** How documents are opened. */
export interface DocumentReaderOptions extends ParsingThreadsOptions {
  /** An installation may take larger pictures; pages and pictures inside a document never have more pixels than by default, for its memory. */
  limits?: Partial<DocumentLimits>;
  /**
   * For the parsing of one document in all, and for opening it or making any one of its pages; a document of many pages may take a second for
   * each. What its reader does in between does not count, nor what the thread spends waiting for a processor, up to twice as long.
   */
  deadlineMs?: number;
}

/** A document that exhausts it is refused within ten seconds, the reading around it included. */
const DEFAULT_DEADLINE_MS = 8_000;

/** A page takes some tenths of a second, be it of text or a scan at 300 dpi. */
const PAGE_SHARE = 1 / 8;

/**
 * Opens documents as `openDocument` does, but parses what is no picture in threads: a document has one to itself while it is open, and
 * one that breaks or exhausts its parser costs that thread and itself. A thread in which one was refused as `unsafe` is not used again.
 */
export class DocumentReader {
  /** Whose signatures count, for operators to see. */
  readonly trustedRoots: readonly TrustedRoot[];
  private readonly threads: ParsingThreads;

  /** Throws `TrustedRootsError` for a file of roots that holds no certificate. */
  constructor(private readonly options: DocumentReaderOptions = {}) {
    this.trustedRoots = TrustedRoots.from(options.trustedRoots ?? []).list;
    this.threads = new ParsingThreads(options);
  }

  /**
   * Throws `DocumentError` for a document that cannot be opened: `unsafe` where it takes too long or too much memory, `damaged` where it
   * breaks its parser. Throws `DocumentReaderError` where it is not to blame, and the signal's reason when it is called off. An open document's
   * methods throw the same. A document must be closed: others wait for its thread.
   */
  async open(bytes: Buffer, { signal }: { signal?: AbortSignal } = {}): Promise<OpenedDocument> {
    const { limits = {}, deadlineMs = DEFAULT_DEADLINE_MS } = this.options;
    // sharp decodes pictures on threads of its own; what has no form that can be opened needs no parser to be refused.
    if (!sniff(bytes)?.startsWith('application/')) return openDocument(bytes, limits);
    const thread = await this.threads.take(signal);
    const document = new ThreadedDocument(thread, {
      deadlineMs,
      pageMs: PAGE_SHARE * deadlineMs,
      signal,
      release: (ending) => this.threads.giveBack(thread, ending),
    });
    await document.open(bytes, { ...limits, maxPixels: Math.min(limits.maxPixels ?? Infinity, DEFAULT_LIMITS.maxPixels) });
    return document;
  }

  /** How many threads did not outlive the document they parsed, for operators to see. */
  get threadsLost(): number {
    return this.threads.lost;
  }

  /** Ends every thread; documents that are open or wait are rejected. */
  async close(): Promise<void> {
    await this.threads.close();
  }
}
