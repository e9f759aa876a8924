import { ReceiptReader, ReceiptsModule } from '@app/receipts';
import { StorageModule } from '@app/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { OcrReceiptReader, type ReaderOptions } from './ocr-receipt-reader';
import { ReadReceiptHandler } from './read-receipt.handler';

/** Runs `receipt.read`: the only part of the worker that loads an engine and sees images. */
@Module({})
export class ReadingModule {
  static forRoot(options: ReaderOptions & { storageDirectory: string }): DynamicModule {
    const reader: DynamicModule = {
      module: ReaderModule,
      providers: [{ provide: ReceiptReader, useFactory: () => OcrReceiptReader.create(options) }],
      exports: [ReceiptReader],
    };
    return {
      module: ReadingModule,
      imports: [StorageModule.forRoot({ directory: options.storageDirectory }), ReceiptsModule.forReading(reader)],
      providers: [ReadReceiptHandler],
    };
  }
}

@Module({})
class ReaderModule {}
