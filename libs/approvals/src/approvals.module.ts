import { AuditLog, AuditModule } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, type InjectionToken, Module, type ModuleMetadata } from '@nestjs/common';
import { ApprovalStore } from './approval.store';
import { Approvals } from './approvals.service';
import type { DangerousAct } from './dangerous-act';
import { DangerousActs } from './dangerous-acts';

/** What the process must know. */
export interface ApprovalsOptions {
  /** Days that a proposal stays open. */
  days: number;
  /** Tokens of the acts, which `imports` export. */
  acts: readonly InjectionToken<DangerousAct<object>>[];
  imports: NonNullable<ModuleMetadata['imports']>;
}

/** Provides `Approvals`. Expects DatabaseModule. A room registers an act by exporting it from its module and naming it in `acts`. */
@Module({})
export class ApprovalsModule {
  static forRoot({ days, acts, imports }: ApprovalsOptions): DynamicModule {
    return {
      module: ApprovalsModule,
      imports: [AuditModule, ...imports],
      providers: [
        ApprovalStore,
        { provide: DangerousActs, inject: [...acts], useFactory: (...known: DangerousAct<object>[]) => new DangerousActs(known) },
        {
          provide: Approvals,
          inject: [UnitOfWork, ApprovalStore, DangerousActs, AuditLog],
          useFactory: (unitOfWork: UnitOfWork, store: ApprovalStore, known: DangerousActs, audit: AuditLog) =>
            new Approvals(unitOfWork, store, known, audit, { days }),
        },
      ],
      exports: [Approvals],
    };
  }
}
