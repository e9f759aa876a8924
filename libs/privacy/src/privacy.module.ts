import { AuditModule } from '@app/audit';
import { BillSecrets, BillStore, BillWordErasure, ReceiptErasure, ReceiptStore } from '@app/receipts';
import { DraftErasure, VerificationErasure, VerificationSecrets, VerificationStore } from '@app/verification';
import { MessageErasure } from '@app/webhooks';
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { Clock } from './retention/clock';
import { ErasableClasses } from './retention/erasable-class';
import { ErasureProofs } from './retention/erasure-proofs.service';
import { Erasure } from './retention/erasure.service';
import { ErasureStore } from './retention/erasure.store';
import { LegalHoldStore } from './retention/legal-hold.store';
import { LegalHolds } from './retention/legal-holds.service';
import { RetentionPreviews } from './retention/retention-preview.service';
import { RetentionChanges } from './retention/retention-changes';
import { RetentionRuleStore } from './retention/retention-rule.store';
import { RetentionRun } from './retention/retention-run';
import { RetentionRunStore } from './retention/retention-run.store';
import { RetentionSchedule } from './retention/retention-schedule';
import { RetentionSetAct } from './retention/retention-set.act';
import { RetentionSettings } from './retention/retention-settings.service';

const ERASABLE: Provider[] = [
  ...[ReceiptStore, BillSecrets, BillStore, BillWordErasure, ReceiptErasure],
  ...[VerificationSecrets, VerificationStore, VerificationErasure, DraftErasure, MessageErasure],
  ErasableClasses,
];
const STORES: Provider[] = [Clock, RetentionRuleStore, ErasureStore];

/** Retention for the process that is asked about it, and for the one that erases. Expects DatabaseModule and KeyringModule, and for erasing QueueModule and StorageModule. */
@Module({})
export class PrivacyModule {
  /** For the api: rules, holds, proofs. It erases nothing. */
  static forManaging(): DynamicModule {
    const services = [RetentionSettings, RetentionSetAct, LegalHolds, ErasureProofs, RetentionPreviews];
    return {
      module: PrivacyModule,
      imports: [AuditModule],
      providers: [...STORES, ...ERASABLE, LegalHoldStore, RetentionChanges, ...services],
      exports: services,
    };
  }

  /** For the worker: the daily run of each tenant. */
  static forErasing(): DynamicModule {
    return {
      module: PrivacyModule,
      imports: [AuditModule],
      providers: [...STORES, ...ERASABLE, RetentionRunStore, Erasure, RetentionRun, RetentionSchedule],
      exports: [RetentionRun, RetentionSchedule, Erasure, ErasableClasses],
    };
  }
}
