import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { Quotas, QuotaStore } from '@app/tenancy';
import { WebhooksModule } from '@app/webhooks';
import { type DynamicModule, Module } from '@nestjs/common';
import { ConsentPolicies } from './basis/consent-policies.service';
import { ConsentPolicyChanges } from './basis/consent-policy-changes';
import { ConsentPolicySetAct } from './basis/consent-policy-set.act';
import { ConsentPolicyStore } from './basis/consent-policy.store';
import { ProcessingBases } from './basis/processing-bases';
import { ReceiptBatchStore } from './batch/receipt-batch.store';
import { ReceiptBatches } from './batch/receipt-batches';
import { DocumentProbe, type UploadLimits } from './intake/document-probe';
import { ReceiptIntake } from './intake/receipt-intake';
import { ORIGINAL_CHECK_SETTINGS, OriginalCheck, type OriginalCheckSettings } from './integrity/original-check';
import { OriginalFaults } from './integrity/original-faults';
import { OriginalCheckSchedule } from './integrity/original-check-schedule';
import { OriginalCheckStore } from './integrity/original-check.store';
import { BillItems } from './ledger/bill-items';
import { BillLedger } from './ledger/bill-ledger';
import { BillSecrets } from './ledger/bill-secrets';
import { BillExports } from './ledger/bill-exports.service';
import { BillOrigins } from './ledger/bill-origins.service';
import { BillSearch } from './ledger/bill-search';
import { BillTerms } from './ledger/bill-terms';
import { BillStore } from './ledger/bill.store';
import { BillsOfPayer } from './ledger/bills-of-payer.service';
import { Bills } from './ledger/bills.service';
import { BookingStore } from './ledger/booking.store';
import { Bookings } from './ledger/bookings.service';
import { UnbookingAct } from './ledger/unbooking.act';
import { ReceiptReading } from './reading/receipt-reading';
import { ReceiptReadings } from './receipt-readings.read-model';
import { ReceiptStore } from './receipt.store';
import { CorrectionStore } from './review/correction.store';
import { Corrections } from './review/corrections.service';
import { OpenReviewStore } from './review/open-review.store';
import { Receipts } from './receipts.service';
import { MalwareScanner, NoScanner } from './scanning/malware-scanner';
import { OriginalScan } from './scanning/original-scan';
import { OriginalKeys } from './sealing/original-keys';
import { SealedObjects } from './sealing/sealed-objects';

/** Receipts for the process that takes them in, and for the one that reads them. Expects DatabaseModule, QueueModule, StorageModule and KeyringModule. */
@Module({})
export class ReceiptsModule {
  /** For the api: intake, lists, images. No reader, so no engine. */
  static forIntake(limits: UploadLimits, scanner: MalwareScanner = new NoScanner()): DynamicModule {
    const intake = {
      provide: ReceiptIntake,
      inject: [UnitOfWork, ReceiptStore, SealedObjects, OriginalKeys, JobQueue, AuditLog, Quotas, OriginalScan, ProcessingBases],
      useFactory: (
        ...parts: [UnitOfWork, ReceiptStore, SealedObjects, OriginalKeys, JobQueue, AuditLog, Quotas, OriginalScan, ProcessingBases]
      ) => new ReceiptIntake(...parts, new DocumentProbe(limits), limits),
    };
    const batches = {
      provide: ReceiptBatches,
      inject: [UnitOfWork, ReceiptBatchStore, ReceiptStore, SealedObjects, OriginalKeys, AuditLog, ReceiptIntake, ProcessingBases],
      useFactory: (...parts: ConstructorParameters<typeof ReceiptBatches>) => new ReceiptBatches(...parts),
    };
    return {
      module: ReceiptsModule,
      imports: [AuditModule],
      providers: [
        ...[
          QuotaStore,
          Quotas,
          { provide: MalwareScanner, useValue: scanner },
          OriginalScan,
          OriginalFaults,
          ...[ConsentPolicyStore, ConsentPolicyChanges, ConsentPolicies, ConsentPolicySetAct],
          ProcessingBases,
          SealedObjects,
          OriginalKeys,
          ReceiptStore,
          ReceiptBatchStore,
          CorrectionStore,
          OpenReviewStore,
          Corrections,
          ReceiptReadings,
          Receipts,
          intake,
          batches,
        ],
        ...[
          BillStore,
          BillSecrets,
          BillLedger,
          BillItems,
          BillTerms,
          BillSearch,
          BookingStore,
          Bills,
          BillsOfPayer,
          Bookings,
          BillExports,
          BillOrigins,
          UnbookingAct,
        ],
      ],
      exports: [
        ...[ConsentPolicyStore, ConsentPolicies, ConsentPolicySetAct],
        ProcessingBases,
        Quotas,
        OriginalScan,
        Receipts,
        ReceiptBatches,
        Corrections,
        ReceiptReadings,
        BillLedger,
        Bills,
        BillsOfPayer,
        Bookings,
        BillExports,
        BillOrigins,
        UnbookingAct,
      ],
    };
  }

  /** For the worker: reading jobs. `reader` is a module that exports `ReceiptReader`. */
  static forReading(reader: DynamicModule): DynamicModule {
    return {
      module: ReceiptsModule,
      imports: [AuditModule, WebhooksModule.forEmitting(), reader],
      providers: [SealedObjects, OriginalKeys, ReceiptStore, ReceiptReading, BillStore, BillSecrets, BillLedger],
      exports: [ReceiptReading, BillLedger],
    };
  }
  /** For the worker: the check of stored originals. */
  static forChecking(settings: OriginalCheckSettings): DynamicModule {
    return {
      module: ReceiptsModule,
      imports: [AuditModule],
      providers: [
        ...[SealedObjects, OriginalKeys, ReceiptStore, OriginalCheckStore, OriginalCheck, OriginalCheckSchedule],
        { provide: ORIGINAL_CHECK_SETTINGS, useValue: settings },
      ],
      exports: [OriginalCheck, OriginalCheckSchedule],
    };
  }
}
