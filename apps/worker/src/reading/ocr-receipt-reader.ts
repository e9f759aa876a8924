import type { Reading } from '@app/contracts';
import { OcrEngine, resolvePack } from '@app/ocr';
import { BillReader } from '@app/reading';
import { ReceiptReader } from '@app/receipts';
import type { OnApplicationShutdown } from '@nestjs/common';

/** Where the model packs are, and how many threads read. */
export interface ReaderOptions {
  modelsDirectory: string;
  workers: number;
}

// What is stored passed the intake's limits already, and these are an installation's own: the reader's must not be narrower.
const STORED_LIMITS = { maxBytes: Number.MAX_SAFE_INTEGER, maxPixels: 1_000_000_000 };

/** Reads receipts with the OCR engine of this process. */
export class OcrReceiptReader extends ReceiptReader implements OnApplicationShutdown {
  private readonly bills: BillReader;

  private constructor(private readonly engine: OcrEngine) {
    super();
    this.bills = new BillReader(engine, STORED_LIMITS);
  }

  /** Resolves when the models are loaded and warmed. @throws ModelPackError when there is no usable pack */
  static async create({ modelsDirectory, workers }: ReaderOptions): Promise<OcrReceiptReader> {
    const pack = await resolvePack(modelsDirectory);
    return new OcrReceiptReader(await OcrEngine.create({ packDir: pack.dir, workers, maxPixels: STORED_LIMITS.maxPixels }));
  }

  read(bytes: Buffer, options: { signal?: AbortSignal } = {}): Promise<Reading> {
    return this.bills.read(bytes, options);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close();
  }
}
