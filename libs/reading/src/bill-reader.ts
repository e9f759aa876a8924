import { readBills, shanghaiDay, type EvidencePage } from '@app/bills';
import type { Reading } from '@app/contracts';
import { type CodeReader, openDocument, type DocumentLimits, type DocumentPage } from '@app/documents';
import type { OcrEngine } from '@app/ocr';
import { Stopwatch } from './stopwatch';

/** What a reader needs of the OCR engine. */
export type PageReader = Pick<OcrEngine, 'read'>;

/** What a reader needs to find codes. */
export type PageCodeReader = Pick<CodeReader, 'read'>;

/** Reads a document's bytes into a reading: pages, codes and text are found, then bills are made of them. */
export class BillReader {
  /** `now` gives epoch milliseconds; a bill dated after its day in Shanghai is not believed. */
  constructor(
    private readonly engine: PageReader,
    private readonly codes: PageCodeReader,
    private readonly limits: Partial<DocumentLimits> = {},
    private readonly now: () => number = Date.now,
  ) {}

  /** Throws `DocumentError` for a document that cannot be opened, and what the engine and the reader of codes throw. Timings are in milliseconds. */
  async read(bytes: Buffer, options: { signal?: AbortSignal } = {}): Promise<Reading> {
    const watch = new Stopwatch();
    const document = await watch.time('decodeMs', () => openDocument(bytes, this.limits));
    const pages: EvidencePage[] = [];
    for (const page of document.pages) {
      options.signal?.throwIfAborted();
      pages.push(await this.readPage(page, watch, options));
    }
    const reading = await watch.time('billsMs', () => readBills({ pages, xml: document.xml, today: shanghaiDay(this.now()) }));
    return { ...reading, timings: watch.timings() };
  }

  /** Codes are looked for, in a thread of their own, while the engine's threads read the text. */
  private async readPage(page: DocumentPage, watch: Stopwatch, options: { signal?: AbortSignal }): Promise<EvidencePage> {
    const [text, codes] = await Promise.all([
      watch.time('ocrMs', () => this.engine.read(page.image, options)),
      watch.time('codesMs', () => this.codes.read(page.image)),
    ]);
    const { width, height, turned, lines } = text;
    const seals = text.seals.map(({ quad, ring }) => ({ quad, text: ring?.text ?? '' }));
    return { number: page.number, width, height, turned, lines, seals, codes: codes.map(({ format, text }) => ({ format, text })) };
  }
}
