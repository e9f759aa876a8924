import type { Reading } from '@app/contracts';
import { OcrEngine, type Precision, type ProviderLadder, type ProviderRefusal, resolvePack } from '@app/ocr';
import { BILL_SHAPES, BillReader, CodeReader, DocumentReader, readRootFiles, type TrustedRoot } from '@app/reading';
import { ReceiptReader, type ReceiptReadOptions } from '@app/receipts';
import type { OnApplicationShutdown } from '@nestjs/common';
import { timedPages } from './timed-pages';

/** What a reader is made with: where the model packs are, how many threads read, what runs the models (the CPU unless told), and how precisely. */
export interface ReaderOptions {
  modelsDirectory: string;
  workers: number;
  providers?: ProviderLadder;
  precision?: Precision | undefined;
  /** Folder of the certificates whose signatures count; nobody's do without. */
  trustedRoots?: string | undefined;
}

// What is stored passed the intake's limits already, and these are an installation's own: the reader's must not be narrower.
const STORED_LIMITS = { maxBytes: Number.MAX_SAFE_INTEGER, maxPixels: 1_000_000_000 };

/** Reads receipts with the OCR engine and the readers of codes and documents of this process. */
export class OcrReceiptReader extends ReceiptReader implements OnApplicationShutdown {
  private readonly bills: BillReader;
  private readonly codes = new CodeReader();

  private constructor(
    private readonly engine: OcrEngine,
    private readonly documents: DocumentReader,
  ) {
    super();
    this.bills = new BillReader(timedPages(engine), this.codes, documents);
  }

  /**
   * Resolves when the models are loaded and warmed.
   * @throws TrustedRootsError when a file of the roots holds no certificate, ModelPackError when there is no usable pack,
   *   OcrProviderError when the GPU that was demanded cannot be had
   */
  static async create({ modelsDirectory, workers, providers, precision, trustedRoots }: ReaderOptions): Promise<OcrReceiptReader> {
    const roots = trustedRoots === undefined ? [] : readRootFiles(trustedRoots);
    // As many as the jobs in work, so that none waits for another's document.
    const documents = new DocumentReader({ limits: STORED_LIMITS, maxDocuments: workers, trustedRoots: roots });
    const pack = await resolvePack(modelsDirectory);
    const { maxPixels } = STORED_LIMITS;
    const options = { workers, providers, precision, maxPixels, shapes: BILL_SHAPES, seals: 'read' as const };
    const engine = await OcrEngine.create({ packDir: pack.dir, ...options });
    return new OcrReceiptReader(engine, documents);
  }

  /** What an operator must know of the engine: pack, precision, provider, and why none before it was taken. */
  get engineState(): { pack: string; provider: string; precision: string; refused: readonly ProviderRefusal[] } {
    const { provider, precision } = this.engine;
    return { pack: this.engine.pack.name, provider, precision, refused: this.engine.refusedProviders };
  }

  /** Whose signatures count, by their names and fingerprints. */
  get trustedRoots(): readonly TrustedRoot[] {
    return this.documents.trustedRoots;
  }

  read(bytes: Buffer, options: ReceiptReadOptions = {}): Promise<Reading> {
    return this.bills.read(bytes, options);
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.engine.close(), this.codes.close(), this.documents.close()]);
  }
}
