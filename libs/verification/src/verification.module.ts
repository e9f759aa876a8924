import { AuditLog, AuditModule } from '@app/audit';
import type { ProviderId } from '@app/contracts';
import { UnitOfWork } from '@app/database';
import { ProviderDialects } from '@app/providers';
import { JobQueue } from '@app/queue';
import { ReceiptReadings } from '@app/receipts';
import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { AttemptIntents } from './attempt-intents';
import { AttemptStore } from './attempt.store';
import { BillDayCount } from './bill-day-count.store';
import { type CallPrices, DEFAULT_CALL_PRICES } from './charges/call-prices';
import { ChargeStore } from './charges/charge.store';
import { Charges } from './charges/charges.service';
import { ElementsHasher } from './elements-hasher';
import { VerificationRequests } from './request/verification-requests.service';
import { AttemptOutcomes } from './sending/attempt-outcomes';
import { VerificationSending } from './sending/verification-sending';
import { VerificationStore } from './verification.store';
import { Verifications } from './verifications.service';

/** What the process that takes requests must know. */
export interface RequestOptions {
  /** Key of the hashes by which bills are recognised. */
  hashKey: string;
  /** Asked when a request names no provider. */
  defaultProvider: ProviderId;
  /** Modules that export `ReceiptReadings`. */
  imports: NonNullable<ModuleMetadata['imports']>;
}

/** What the process that sends must know. */
export interface SendingOptions {
  prices?: CallPrices;
  /** How providers' replies are read; the documented ways when not given. */
  dialects?: ProviderDialects;
  /** Modules that export `EgressClient`. */
  imports: NonNullable<ModuleMetadata['imports']>;
}

const STORES = [VerificationStore, AttemptStore, ChargeStore, BillDayCount, AttemptIntents];

/** Verification for the process that takes requests, and for the one that sends them. Expects DatabaseModule and QueueModule. */
@Module({})
export class VerificationModule {
  static forRequests(options: RequestOptions): DynamicModule {
    const requests = {
      provide: VerificationRequests,
      inject: [UnitOfWork, VerificationStore, ReceiptReadings, AttemptIntents, AuditLog],
      useFactory: (unitOfWork: UnitOfWork, store: VerificationStore, receipts: ReceiptReadings, intents: AttemptIntents, audit: AuditLog) =>
        new VerificationRequests(unitOfWork, store, receipts, intents, audit, new ElementsHasher(options.hashKey), options.defaultProvider),
    };
    return {
      module: VerificationModule,
      imports: [AuditModule, ...options.imports],
      providers: [...STORES, requests, Verifications, Charges],
      exports: [VerificationRequests, Verifications, Charges],
    };
  }

  static forSending(options: SendingOptions): DynamicModule {
    const outcomes = {
      provide: AttemptOutcomes,
      inject: [VerificationStore, AttemptStore, ChargeStore, BillDayCount, AttemptIntents, JobQueue, AuditLog],
      useFactory: (...stores: OutcomeStores) => new AttemptOutcomes(...stores, options.prices ?? DEFAULT_CALL_PRICES),
    };
    const dialects = { provide: ProviderDialects, useValue: options.dialects ?? new ProviderDialects() };
    return {
      module: VerificationModule,
      imports: [AuditModule, ...options.imports],
      providers: [...STORES, outcomes, dialects, VerificationSending],
      exports: [VerificationSending],
    };
  }
}

type OutcomeStores = [VerificationStore, AttemptStore, ChargeStore, BillDayCount, AttemptIntents, JobQueue, AuditLog];
