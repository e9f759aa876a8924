import {
  chooseLines,
  elementsOnly,
  hasWholeBill,
  isKnownLookAlike,
  readBills,
  refusal,
  type RefusalCode,
  type EvidencePage,
  READING_RULES_VERSION,
} from '@app/bills';
import { type Reading, shanghaiDay } from '@app/contracts';
import {
  type CodeReader,
  DocumentError,
  type DocumentErrorCode,
  type DocumentPage,
  type DocumentReader,
  type PageCode,
  type PageImage,
  type PagePicture,
  type OpenedDocument,
  type PaintedPage,
  paintPage,
} from '@app/documents';
import type { LineChooser, OcrEngine, PageText } from '@app/ocr';
import { pictureEvidence, shownSignature, textEvidence } from './page-evidence';
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

/** How a document is read. */
export interface ReadOptions {
  signal?: AbortSignal | undefined;
  /**
   * All of the face, or no more than verification needs: the latter reads fewer lines of a picture, and the whole of it only where those leave a
   * doubt. Rows are not read then, so that a sum which does not fit is not noticed; the amount still has its words.
   */
  scope?: 'face' | 'elements' | undefined;
  /** Is given each page as a person is to see it, upright as its quads are, in order; what it throws ends the reading. */
  onPage?: ((number: number, page: PaintedPage) => Promise<void>) | undefined;
}

/** A page to be recognised. */
interface Picture {
  number: number;
  image: PageImage;
}

/** What one reading has at hand. */
interface Task {
  document: OpenedDocument;
  today: string;
  watch: Stopwatch;
  options: ReadOptions;
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
  async read(bytes: Buffer, options: ReadOptions = {}): Promise<Reading> {
    const watch = new Stopwatch();
    try {
      return await this.readDocument(bytes, watch, options);
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      return {
        decision: 'refuse',
        refusal: refusal(REFUSAL_OF[error.code]),
        pages: [],
        bills: [],
        rulesVersion: READING_RULES_VERSION,
        timings: watch.timings(),
      };
    }
  }

  private async readDocument(bytes: Buffer, watch: Stopwatch, options: ReadOptions): Promise<Reading> {
    const document = await watch.time('decodeMs', () => this.documents.open(bytes, { signal: options.signal }));
    try {
      return await this.readOpened({ document, today: shanghaiDay(new Date(this.now())), watch, options });
    } finally {
      await document.close();
    }
  }

  private async readOpened(task: Task): Promise<Reading> {
    const { document, today, watch, options } = task;
    const pages: EvidencePage[] = [];
    for (let number = 1; number <= document.pageCount; number += 1) {
      options.signal?.throwIfAborted();
      const page = await watch.time('decodeMs', () => document.page(number));
      const evidence = await this.readPage(page, task);
      pages.push(evidence);
      await options.onPage?.(number, await watch.time('paintMs', () => paintPage(document, page, evidence.turned)));
    }
    const reading = await watch.time('billsMs', () =>
      readBills({ pages, xml: document.xml, signatures: document.signatures.map(shownSignature), today }),
    );
    const bills = options.scope === 'elements' ? reading.bills.map(elementsOnly) : reading.bills;
    return { ...reading, bills, timings: watch.timings() };
  }

  /** Text that the file gives is surer than any picture, unless it makes neither a whole bill nor what is known to be none: then it may be part of what is seen. */
  private async readPage(page: DocumentPage, task: Task): Promise<EvidencePage> {
    if (page.kind === 'picture') return this.readPicture(page, task);
    const codes = await task.watch.time('codesMs', () => this.codesOf(page.pictures));
    const evidence = textEvidence(page, codes);
    if (hasWholeBill(evidence) || isKnownLookAlike(evidence, task.today)) return evidence;
    const image = await task.watch.time('decodeMs', () => task.document.picture(page.number));
    return image ? this.readPicture({ number: page.number, image }, task) : evidence;
  }

  /** One picture after another: the reader of codes holds as many as there are documents in work, and has one thread. */
  private async codesOf(pictures: readonly PagePicture[]): Promise<PageCode[]> {
    const codes: PageCode[] = [];
    for (const { image } of pictures) codes.push(...(await this.codes.read(image)));
    return codes;
  }

  /** Codes are looked for, in a thread of their own, while the engine's threads read the text. */
  private async readPicture({ number, image }: Picture, task: Task): Promise<EvidencePage> {
    const codes = task.watch.time('codesMs', () => this.codes.read(image));
    const quick = task.options.scope === 'elements' ? await this.readElements({ number, image }, codes, task) : null;
    if (quick) return quick;
    const [text, found] = await Promise.all([this.readText(image, task), codes]);
    return pictureEvidence(number, text, found);
  }

  /** The page as far as the elements need it; null where that leaves anything to be asked, such as whether what was not read is another bill. */
  private async readElements({ number, image }: Picture, codes: Promise<PageCode[]>, task: Task): Promise<EvidencePage | null> {
    let left = 0;
    const choose: LineChooser = (read, unread) => {
      left = unread.length;
      return chooseLines(read, unread);
    };
    const [text, found] = await Promise.all([this.readText(image, task, choose), codes]);
    const page = pictureEvidence(number, text, found);
    const { decision, bills } = readBills({ pages: [page], today: task.today });
    const isOnlyBill = bills.length === 1 && found.length < 2;
    return decision === 'auto' && (isOnlyBill || left === 0) ? page : null;
  }

  private readText(image: PageImage, { watch, options: { signal } }: Task, choose?: LineChooser): Promise<PageText> {
    return watch.time('ocrMs', () => this.engine.read(image, { signal, choose }));
  }
}
