import { AuditLog, AuditModule } from '@app/audit';
import type { ProviderId } from '@app/contracts';
import { UnitOfWork } from '@app/database';
import { JobQueue } from '@app/queue';
import { ConsentPolicyStore, ProcessingBases, ReceiptReadings } from '@app/receipts';
import { WebhookOutbox, WebhooksModule } from '@app/webhooks';
import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { CallPrices } from '../charges/call-prices.store';
import { ElementsHasher } from '../elements-hasher';
import { PolicyStore } from '../policy/policy.store';
import { VerificationRequests } from '../request/verification-requests.service';
import { VerificationSecrets } from '../verification-secrets';
import { VerificationStore } from '../verification.store';
import { AnsweredElements } from './answered-elements.store';
import { BatchFeeding } from './batch-feeding';
import { BatchRowStore } from './batch-row.store';
import { BatchViews } from './batch-views';
import { BegunRows } from './begun-rows.store';
import { VerificationBatchStore } from './verification-batch.store';
import { VerificationBatches } from './verification-batches.service';

/** What the process that takes batches must know. */
export interface BatchOptions {
  /** Key of the hashes by which bills are recognised. */
  hashKey: string;
  defaultProvider: ProviderId;
  maxRows: number;
  /** Modules that export `ReceiptReadings`. */
  imports: NonNullable<ModuleMetadata['imports']>;
}

/** What the process that feeds batches must know. */
export interface FeedingOptions {
  /** Verifications of one batch that may be under way at once. */
  window: number;
  /** Modules that export `VerificationRequests`. */
  imports: NonNullable<ModuleMetadata['imports']>;
}

const STORES = [VerificationSecrets, VerificationStore, VerificationBatchStore, BatchRowStore, BegunRows, AnsweredElements];

/** Batches for the process that takes them, and for the one that asks for their rows. Expects DatabaseModule and QueueModule. */
@Module({})
export class VerificationBatchesModule {
  static forRequests({ hashKey, defaultProvider, maxRows, imports }: BatchOptions): DynamicModule {
    const batches = {
      provide: VerificationBatches,
      inject: [
        UnitOfWork,
        VerificationBatchStore,
        BatchRowStore,
        AnsweredElements,
        ReceiptReadings,
        CallPrices,
        PolicyStore,
        JobQueue,
        AuditLog,
        WebhookOutbox,
        ProcessingBases,
      ],
      useFactory: (...[unitOfWork, store, rows, answered, receipts, prices, policies, jobs, audit, outbox, bases]: TakingParts) => {
        const settings = { maxRows, defaultProvider };
        const hasher = new ElementsHasher(hashKey);
        return new VerificationBatches({
          unitOfWork,
          batches: store,
          rows,
          answered,
          receipts,
          prices,
          policies,
          jobs,
          audit,
          outbox,
          bases,
          hasher,
          settings,
        });
      },
    };
    return {
      module: VerificationBatchesModule,
      imports: [AuditModule, WebhooksModule.forEmitting(), ...imports],
      providers: [...STORES, CallPrices, PolicyStore, ConsentPolicyStore, ProcessingBases, batches, BatchViews],
      exports: [VerificationBatches, BatchViews],
    };
  }

  static forFeeding({ window, imports }: FeedingOptions): DynamicModule {
    const feeding = {
      provide: BatchFeeding,
      inject: [UnitOfWork, VerificationBatchStore, BatchRowStore, BegunRows, VerificationRequests, JobQueue, AuditLog, WebhookOutbox],
      useFactory: (...[unitOfWork, batches, rows, begun, requests, jobs, audit, outbox]: FeedingParts) =>
        new BatchFeeding({ unitOfWork, batches, rows, begun, requests, jobs, audit, outbox, settings: { window } }),
    };
    return {
      module: VerificationBatchesModule,
      imports: [AuditModule, WebhooksModule.forEmitting(), ...imports],
      providers: [...STORES, feeding],
      exports: [BatchFeeding],
    };
  }
}

type TakingParts = [
  ...[UnitOfWork, VerificationBatchStore, BatchRowStore, AnsweredElements, ReceiptReadings],
  ...[CallPrices, PolicyStore, JobQueue, AuditLog, WebhookOutbox, ProcessingBases],
];
type FeedingParts = [
  ...[UnitOfWork, VerificationBatchStore, BatchRowStore, BegunRows, VerificationRequests],
  ...[JobQueue, AuditLog, WebhookOutbox],
];
