import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { ObjectStore } from '@app/storage';
import { WebhooksModule } from '@app/webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { ReceiptBatchStore } from './batch/receipt-batch.store';
import { ReceiptBatches } from './batch/receipt-batches';
import { DocumentProbe, type UploadLimits } from './intake/document-probe';
import { ReceiptIntake } from './intake/receipt-intake';
import { BillLedger } from './ledger/bill-ledger';
import { BillExports } from './ledger/bill-exports.service';
import { BillSearch } from './ledger/bill-search';
import { BillTerms } from './ledger/bill-terms';
import { BillStore } from './ledger/bill.store';
import { Bills } from './ledger/bills.service';
import { BookingStore } from './ledger/booking.store';
import { Bookings } from './ledger/bookings.service';
import { UnbookingAct } from './ledger/unbooking.act';
import { ReceiptReading } from './reading/receipt-reading';
import { ReceiptReadings } from './receipt-readings.read-model';
import { ReceiptStore } from './receipt.store';
import { CorrectionStore } from './review/correction.store';
import { Corrections } from './review/corrections.service';
import { Receipts } from './receipts.service';

/** Receipts for the process that takes them in, and for the one that reads them. Expects DatabaseModule, QueueModule and StorageModule. */
@Module({})
export class ReceiptsModule {
  /** For the api: intake, lists, images. No reader, so no engine. */
  static forIntake(limits: UploadLimits): DynamicModule {
    const intake = {
      provide: ReceiptIntake,
      inject: [UnitOfWork, ReceiptStore, ObjectStore, JobQueue, AuditLog],
      useFactory: (unitOfWork: UnitOfWork, store: ReceiptStore, objects: ObjectStore, jobs: JobQueue, audit: AuditLog) =>
        new ReceiptIntake(unitOfWork, store, objects, jobs, audit, new DocumentProbe(limits), limits),
    };
    const batches = {
      provide: ReceiptBatches,
      inject: [UnitOfWork, ReceiptBatchStore, ReceiptStore, ObjectStore, AuditLog, ReceiptIntake],
      useFactory: (...parts: ConstructorParameters<typeof ReceiptBatches>) => new ReceiptBatches(...parts),
    };
    return {
      module: ReceiptsModule,
      imports: [AuditModule],
      providers: [
        ...[ReceiptStore, ReceiptBatchStore, CorrectionStore, Corrections, ReceiptReadings, Receipts, intake, batches],
        ...[BillStore, BillLedger, BillTerms, BillSearch, BookingStore, Bills, Bookings, BillExports, UnbookingAct],
      ],
      exports: [Receipts, ReceiptBatches, Corrections, ReceiptReadings, BillLedger, Bills, Bookings, BillExports, UnbookingAct],
    };
  }

  /** For the worker: reading jobs. `reader` is a module that exports `ReceiptReader`. */
  static forReading(reader: DynamicModule): DynamicModule {
    return {
      module: ReceiptsModule,
      imports: [AuditModule, WebhooksModule.forEmitting(), reader],
      providers: [ReceiptStore, ReceiptReading, BillStore, BillLedger],
      exports: [ReceiptReading, BillLedger],
    };
  }
}
