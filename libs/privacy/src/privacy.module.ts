import { AuditModule, type AuditSigner } from '@app/audit';
import {
  BillSecrets,
  BillStore,
  BillWordErasure,
  CorrectionStore,
  OriginalKeys,
  ConsentPolicyStore,
  ProcessingBases,
  ReceiptErasure,
  ReceiptStore,
  SealedObjects,
} from '@app/receipts';
import { BatchErasure, DraftErasure, VerificationErasure, VerificationSecrets, VerificationStore } from '@app/verification';
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
import { SubjectEraseAct } from './subject/subject-erase.act';
import { SubjectErasing } from './subject/subject-erasing';
import { SubjectExporting } from './subject/subject-exporting';
import { SUBJECT_EXPORT_SIGNER, SubjectExports } from './subject/subject-exports.service';
import { SubjectFinder } from './subject/subject-finder';
import { SubjectRequestStore } from './subject/subject-request.store';
import { SubjectRequests } from './subject/subject-requests.service';
import { SubjectSearch } from './subject/subject-search';
import { SubjectWork } from './subject/subject-work';
import { EndedApprovalsSweep } from './sweeps/ended-approvals.sweep';
import { ExpiredExportsSweep } from './sweeps/expired-exports.sweep';
import { ObjectSweepStore } from './sweeps/object-sweep.store';
import { OrphanBounds, OrphanObjectsSweep } from './sweeps/orphan-objects.sweep';
import { Sweeps } from './sweeps/sweeps.service';
import { UnfetchedKeyExportsSweep } from './sweeps/unfetched-key-exports.sweep';
import { TenantEraseAct } from './tenant/tenant-erase.act';
import { TenantErasureProposals } from './tenant/tenant-erasure-proposals';

const ERASABLE: Provider[] = [
  ...[ReceiptStore, BillSecrets, BillStore, BillWordErasure, ReceiptErasure],
  ...[VerificationSecrets, VerificationStore, VerificationErasure, DraftErasure, MessageErasure, BatchErasure],
  ErasableClasses,
];
const STORES: Provider[] = [Clock, RetentionRuleStore, ErasureStore, SubjectRequestStore];
const SWEEPS: Provider[] = [
  ...[EndedApprovalsSweep, ExpiredExportsSweep, UnfetchedKeyExportsSweep, OrphanBounds, ObjectSweepStore, OrphanObjectsSweep],
  Sweeps,
];
const SUBJECT_WORK: Provider[] = [
  ...[CorrectionStore, OriginalKeys, SealedObjects, ConsentPolicyStore, ProcessingBases],
  ...[SubjectFinder, SubjectSearch, SubjectExporting, SubjectErasing, SubjectWork],
];

/** Retention and persons' requests for the process that is asked about them, and for the one that erases. Expects DatabaseModule, KeyringModule, QueueModule and StorageModule. */
@Module({})
export class PrivacyModule {
  /** For the api: rules, holds, proofs, requests. It erases nothing. `signer` signs exports; without one none is handed out. */
  static forManaging({ signer, imports }: { signer: AuditSigner | null; imports: DynamicModule[] }): DynamicModule {
    const services = [
      ...[RetentionSettings, RetentionSetAct, LegalHolds, ErasureProofs, RetentionPreviews],
      ...[SubjectRequests, SubjectExports, SubjectEraseAct, TenantEraseAct, TenantErasureProposals],
    ];
    return {
      module: PrivacyModule,
      imports: [AuditModule, ...imports],
      providers: [
        ...[...STORES, ...ERASABLE, LegalHoldStore, RetentionChanges, SealedObjects],
        { provide: SUBJECT_EXPORT_SIGNER, useValue: signer },
        ...services,
      ],
      exports: services,
    };
  }

  /** For the worker: the daily run of each tenant. */
  static forErasing(): DynamicModule {
    return {
      module: PrivacyModule,
      imports: [AuditModule],
      providers: [...STORES, ...ERASABLE, RetentionRunStore, Erasure, RetentionRun, RetentionSchedule, ...SWEEPS],
      exports: [OrphanBounds, RetentionRun, RetentionSchedule, Erasure, ErasableClasses],
    };
  }

  /** For the worker: what persons' requests come to. */
  static forAnswering(): DynamicModule {
    return {
      module: PrivacyModule,
      imports: [AuditModule],
      providers: [...STORES, ...ERASABLE, Erasure, ...SUBJECT_WORK],
      exports: [SubjectWork],
    };
  }
}
