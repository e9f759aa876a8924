import { hasWholeBill, isKnownLookAlike, readBills, refusal, type RefusalCode, shanghaiDay, type EvidencePage } from '@app/bills';
import type { Reading } from '@app/contracts';
import {
  type CodeReader,
  DocumentError,
  type DocumentErrorCode,
  type DocumentPage,
  type DocumentReader,
  type OpenedDocument,
} from '@app/documents';
import type { OcrEngine } from '@app/ocr';
import { pictureEvidence, textEvidence } from './page-evidence';
import { Stopwatch } from './stopwatch';

/** What a reader needs of the OCR engine. */
export type PageReader = Pick<OcrEngine, 'read'>;

/** What a reader needs to find codes. */
export type PageCodeReader = Pick<CodeReader, 'read'>;

/** What a reader needs to open documents. */
export type DocumentOpener = Pick<DocumentReader, 'open'>;

/** What a document that cannot be opened is told to be. */
const REFUSAL_OF: Record<DocumentErrorCode, RefusalCode> = {
  empty: 'damaged',
  damaged: 'damaged',
  encrypted: 'encrypted',
  unsafe: 'unsafe',
  'too-many-pixels': 'too-large',
  archive: 'archive',
  'unsupported-type': 'unsupported-form',
};

/** What one reading has at hand. */
interface Task {
  document: OpenedDocument;
  today: string;
  watch: Stopwatch;
  signal: AbortSignal | undefined;
}

/** Reads a document's bytes into a reading: pages, codes and text are found, then bills are made of them. */
export class BillReader {
  /** `now` gives epoch milliseconds; a bill dated after its day in Shanghai is not believed. */
  constructor(
    private readonly engine: PageReader,
    private readonly codes: PageCodeReader,
    private readonly documents: DocumentOpener,
    private readonly now: () => number = Date.now,
  ) {}

  /** A document that cannot be opened is refused. Throws what the engine and the readers of documents and codes throw. Timings are in milliseconds. */
  async read(bytes: Buffer, { signal }: { signal?: AbortSignal } = {}): Promise<Reading> {
    const watch = new Stopwatch();
    try {
      return await this.readDocument(bytes, watch, signal);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return { decision: 'refuse', refusal: refusal(REFUSAL_OF[error.code]), pages: [], bills: [], timings: watch.timings() };
    }
  }

  private async readDocument(bytes: Buffer, watch: Stopwatch, signal: AbortSignal | undefined): Promise<Reading> {
    const document = await watch.time('decodeMs', () => this.documents.open(bytes, signal ? { signal } : {}));
    try {
      return await this.readOpened({ document, today: shanghaiDay(this.now()), watch, signal });
    } finally {
      await document.close();
    }
  }

  private async readOpened(task: Task): Promise<Reading> {
    const { document, today, watch, signal } = task;
    const pages: EvidencePage[] = [];
    for (let number = 1; number <= document.pageCount; number += 1) {
      signal?.throwIfAborted();
      const page = await watch.time('decodeMs', () => document.page(number));
      pages.push(await this.readPage(page, task));
    }
    const reading = await watch.time('billsMs', () => readBills({ pages, xml: [...document.xml], today }));
    return { ...reading, timings: watch.timings() };
  }

  /** Text that the file gives is surer than any picture, unless it makes neither a whole bill nor what is known to be none: then it may be part of what is seen. */
  private async readPage(page: DocumentPage, task: Task): Promise<EvidencePage> {
    if (page.kind === 'picture') return this.readPicture(page, task);
    const codes = await task.watch.time('codesMs', () => Promise.all(page.pictures.map(({ image }) => this.codes.read(image))));
    const evidence = textEvidence(page, codes.flat());
    if (hasWholeBill(evidence) || isKnownLookAlike(evidence, task.today)) return evidence;
    const image = await task.watch.time('decodeMs', () => task.document.picture(page.number));
    return image ? this.readPicture({ number: page.number, image }, task) : evidence;
  }

  /** Codes are looked for, in a thread of their own, while the engine's threads read the text. */
  private async readPicture({ number, image }: Parameters<typeof pictureEvidence>[0], { watch, signal }: Task): Promise<EvidencePage> {
    const [text, codes] = await Promise.all([
      watch.time('ocrMs', () => this.engine.read(image, signal ? { signal } : {})),
      watch.time('codesMs', () => this.codes.read(image)),
    ]);
    return pictureEvidence({ number, image }, text, codes);
  }
}
