import { AuditSealer, readSigner, sealingLag, SealingPump, SealingStore, SigningKeyError } from '@app/audit';
import type { SuiteName } from '@app/crypto';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** What a worker that seals the audit has. */
export interface AuditingSettings {
  /** Private key in PEM. */
  signingKey: string;
  /** Of the installation; the key must be one of its own. */
  suite: SuiteName;
}

/** Seals the audit. Any number of workers may have it: one at a time has its turn. */
@Module({})
export class AuditingModule {
  /** @throws SigningKeyError */
  static forRoot({ signingKey, suite }: AuditingSettings): DynamicModule {
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
      ],
      exports: [SealingPump],
    };
  }
}
