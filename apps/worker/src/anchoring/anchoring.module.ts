import { AnchoringStore, AnchorPump, type AnchorSink, ChainHeads } from '@app/audit';
import { UnitOfWork } from '@app/database';
import { type DynamicModule, Module } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Where anchors go, and how often. */
export interface AnchoringSettings {
  sinks: readonly AnchorSink[];
  everyMinutes: number;
}

/** Writes anchors of the audit while the process runs. */
@Module({})
export class AnchoringModule {
  static forRoot({ sinks, everyMinutes }: AnchoringSettings): DynamicModule {
    const useFactory = (dataSource: DataSource, unitOfWork: UnitOfWork) =>
      new AnchorPump({ heads: new ChainHeads(dataSource, unitOfWork), store: new AnchoringStore(dataSource), sinks, everyMinutes });
    return {
      module: AnchoringModule,
      providers: [{ provide: AnchorPump, inject: [DataSource, UnitOfWork], useFactory }],
      exports: [AnchorPump],
    };
  }
}
