import { type DynamicModule, type FactoryProvider, Inject, Module, type ModuleMetadata, type OnModuleDestroy } from '@nestjs/common';
import { Health, type HealthIndicators } from './health';
import { HealthController } from './health.controller';

/** Where the indicators come from: a factory over what it asks to have injected. */
export interface HealthModuleOptions<Dependencies extends unknown[]> {
  imports?: ModuleMetadata['imports'];
  inject?: FactoryProvider['inject'];
  useFactory: (...dependencies: Dependencies) => HealthIndicators;
}

/** Serves GET /health/live, /health/ready and /health/startup on the process's HTTP server, and exports `Health`. */
@Module({})
export class HealthModule implements OnModuleDestroy {
  constructor(@Inject(Health) private readonly health: Health) {}

  static forRoot<Dependencies extends unknown[]>(options: HealthModuleOptions<Dependencies>): DynamicModule {
    const useFactory = (...given: Dependencies) => new Health(options.useFactory(...given));
    return {
      module: HealthModule,
      imports: options.imports,
      controllers: [HealthController],
      providers: [{ provide: Health, inject: options.inject ?? [], useFactory }],
      exports: [Health],
    };
  }

  /** The first hook of a shutdown: readiness falls before work stops. */
  onModuleDestroy(): void {
    this.health.stopping();
  }
}
