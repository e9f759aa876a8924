import { Module, type DynamicModule } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { CallsController } from './calls/calls.controller';
import { CallsService } from './calls/calls.service';
import { RefusalFilter } from './calls/refusal.filter';
import { Refusals } from './calls/refusals';
import { Journal } from './journal/journal';
import { UpstreamCaller } from './upstream/upstream-caller';

/** The gateway: no database, no object store, one route. */
@Module({})
export class EgressModule {
  static forRoot(parts: { journal: Journal; upstream: UpstreamCaller }): DynamicModule {
    return {
      module: EgressModule,
      controllers: [CallsController],
      providers: [
        CallsService,
        Refusals,
        { provide: APP_FILTER, useClass: RefusalFilter },
        { provide: Journal, useValue: parts.journal },
        { provide: UpstreamCaller, useValue: parts.upstream },
      ],
    };
  }
}
