import { AuditModule, type AuditSigner, ExportStore } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, Module, type ModuleMetadata } from '@nestjs/common';
import { ConsentPolicyStore, ProcessingBases } from '@app/receipts';
import { DataSource } from 'typeorm';
import { EVIDENCE_SIGNER, EvidencePacks } from './evidence-packs';

/** Provides `EvidencePacks`. `imports` export `Bills`, `Receipts` and `BillVerifications`; expects DatabaseModule. */
@Module({})
export class EvidenceModule {
  static forRoot({ signer, imports }: { signer: AuditSigner | null; imports: NonNullable<ModuleMetadata['imports']> }): DynamicModule {
    return {
      module: EvidenceModule,
      imports: [AuditModule, ...imports],
      providers: [
        { provide: EVIDENCE_SIGNER, useValue: signer },
        {
          provide: ExportStore,
          inject: [DataSource, UnitOfWork],
          useFactory: (dataSource: DataSource, unitOfWork: UnitOfWork) => new ExportStore(dataSource, unitOfWork),
        },
        ConsentPolicyStore,
        ProcessingBases,
        EvidencePacks,
      ],
      exports: [EvidencePacks],
    };
  }
}
