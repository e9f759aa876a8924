import { ReceiptsModule } from '@app/receipts';
import { StorageModule } from '@app/storage';
import { type DynamicModule, Module } from '@nestjs/common';
import { CheckOriginalsHandler } from './check-originals.handler';

/** Originals of one job: at 20 MB each they are read well within the time that a job has. */
const AT_ONCE = 200;

/** Runs `original.check`: stored originals are compared with their hashes. */
@Module({})
export class CheckingModule {
  static forRoot({ storageDirectory, days }: { storageDirectory: string; days: number }): DynamicModule {
    return {
      module: CheckingModule,
      imports: [StorageModule.forRoot({ directory: storageDirectory }), ReceiptsModule.forChecking({ days, atOnce: AT_ONCE })],
      providers: [CheckOriginalsHandler],
    };
  }
}
