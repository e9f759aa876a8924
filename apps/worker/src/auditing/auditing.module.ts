import {
  AnchorWriter,
  type AnchorSink,
  AuditSealer,
  ChainHeads,
  FileAnchorSink,
  readSigner,
  sealingLag,
  SealingPump,
  SealingStore,
  SigningKeyError,
} from '@app/audit';
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
  /** Folder for anchors, which may be write-once storage. Without it no file of anchors is written. */
  anchorDirectory: string | undefined;
  /** Further places for anchors, such as a syslog server. */
  sinks?: readonly AnchorSink[];
}

/** Seals the audit and writes its anchors. Any number of workers may have it: one at a time has its turn. */
@Module({})
export class AuditingModule {
  /** @throws SigningKeyError */
  static forRoot({ signingKey, suite, anchorDirectory, sinks = [] }: AuditingSettings): DynamicModule {
    const signer = readSigner(signingKey);
    if (signer.suite.name !== suite)
      throw new SigningKeyError(`it is of the suite ${signer.suite.name}, and PIAOYAN_CRYPTO_SUITE is ${suite}`);
    const all = [...(anchorDirectory === undefined ? [] : [new FileAnchorSink(anchorDirectory)]), ...sinks];
    return {
      module: AuditingModule,
      providers: [
        {
          provide: SealingPump,
          inject: [DataSource, UnitOfWork],
          useFactory: (dataSource: DataSource, unitOfWork: UnitOfWork) =>
            new SealingPump(
              new AuditSealer(new SealingStore(dataSource), unitOfWork, signer),
              new AnchorWriter(new ChainHeads(dataSource, unitOfWork), all),
              () => sealingLag(dataSource),
            ),
        },
      ],
      exports: [SealingPump],
    };
  }
}
