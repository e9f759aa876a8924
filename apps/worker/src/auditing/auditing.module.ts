import {
  AuditExport,
  AuditRemover,
  AuditSealer,
  type AuditSigner,
  ExportStore,
  readSigner,
  RemovalPump,
  type RetentionRule,
  sealedTenants,
  sealingLag,
  SealingPump,
  SealingStore,
  SigningKeyError,
} from '@app/audit';
import type { SuiteName } from '@app/crypto';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, type FactoryProvider, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What a worker that seals the audit has. */
export interface AuditingSettings {
  /** Private key in PEM. */
  signingKey: string;
  /** Of the installation; the key must be one of its own. */
  suite: SuiteName;
  /** After how many days old segments are removed; null: never. */
  removeAfterDays: number | null;
  /** Whether entries go to a SIEM: then what it did not receive is not removed. */
  isForwarded: boolean;
}

/** Seals the audit, and removes what outlived its time where that is wanted. Any number of workers may have it: one at a time has its turn. */
@Module({})
export class AuditingModule {
  /** @throws SigningKeyError */
  static forRoot({ signingKey, suite, removeAfterDays, isForwarded }: AuditingSettings): DynamicModule {
    const signer = readSigner(signingKey);
    if (signer.suite.name !== suite)
      throw new SigningKeyError(`it is of the suite ${signer.suite.name}, and PIAOYAN_CRYPTO_SUITE is ${suite}`);
    return {
      module: AuditingModule,
      providers: [
        {
          provide: SealingPump,
          inject: [DataSource, UnitOfWork],
          useFactory: (dataSource: DataSource, unitOfWork: UnitOfWork) =>
            new SealingPump(new AuditSealer(new SealingStore(dataSource), unitOfWork, signer), () => sealingLag(dataSource)),
        },
        ...(removeAfterDays === null ? [] : [removalProvider(signer, { days: removeAfterDays, isForwarded })]),
      ],
      exports: [SealingPump],
    };
  }
}

function removalProvider(signer: AuditSigner, rule: RetentionRule): FactoryProvider<RemovalPump> {
  return {
    provide: RemovalPump,
    inject: [DataSource, UnitOfWork],
    useFactory: (dataSource: DataSource, unitOfWork: UnitOfWork) => {
      const exports = new AuditExport(new ExportStore(dataSource, unitOfWork));
      return new RemovalPump(new AuditRemover(unitOfWork, exports, signer, rule), () => sealedTenants(dataSource));
    },
  };
}
