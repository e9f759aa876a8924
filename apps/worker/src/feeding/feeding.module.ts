import type { ProviderId } from '@app/contracts';
import { CorrectionStore, ReceiptReadings, ReceiptStore } from '@app/receipts';
import {
  type ProviderRules,
  VERIFICATION_FOLLOWERS,
  VerificationBatchesModule,
  VerificationFollowersModule,
  VerificationModule,
} from '@app/verification';
import { type DynamicModule, Module } from '@nestjs/common';
import { FeedBatchHandler } from './feed-batch.handler';

/** How batches are fed. */
export interface FeedingSettings {
  hashKey: string;
  defaultProvider: ProviderId;
  /** Verifications of one batch that may be under way at once. */
  window: number;
  /** How old a bill each provider takes; the product's own convention when not given. */
  rules?: Readonly<Record<ProviderId, ProviderRules>>;
}

/** Runs `batch.feed`: it asks for a batch's rows as the api asks for single ones, and reaches no gateway. */
@Module({})
export class FeedingModule {
  static forRoot({ hashKey, defaultProvider, window, rules }: FeedingSettings): DynamicModule {
    const readings: DynamicModule = {
      module: ReadingsModule,
      providers: [ReceiptStore, CorrectionStore, ReceiptReadings],
      exports: [ReceiptReadings],
    };
    const requests = VerificationModule.forRequests({
      hashKey,
      defaultProvider,
      ...(rules && { rules }),
      listeners: VERIFICATION_FOLLOWERS,
      imports: [readings, VerificationFollowersModule],
    });
    return {
      module: FeedingModule,
      imports: [VerificationBatchesModule.forFeeding({ window, imports: [requests] })],
      providers: [FeedBatchHandler],
    };
  }
}

@Module({})
class ReadingsModule {}
