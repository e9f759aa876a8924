import type { Keyring } from '@app/keyring';
import { HealthModule, type HealthIndicator, MetricsModule } from '@app/observability';
import type { LoggerService, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { DataSource } from 'typeorm';

/** The worker has not finished its start: modules and models are still loading. */
class StillStartingError extends Error {
  constructor() {
    super('the worker is still starting');
    this.name = 'StillStartingError';
  }
}

/** What a started worker depends on. */
export interface WorkerParts {
  dataSource: DataSource;
  keyring: Pick<Keyring, 'check'>;
}

/**
 * Answers the probes, and tells the metrics, on a server of its own, from before the models are loaded: loading takes seconds, and an orchestrator must see
 * meanwhile that the process lives. Start-up is done when the modules are up, with the models warmed.
 */
export class WorkerHealth {
  private parts: WorkerParts | null = null;
  private server: NestFastifyApplication | null = null;

  async listen(port: number, host: string, logger: LoggerService): Promise<void> {
    const startup: HealthIndicator = { name: 'startup', check: () => this.started().then(() => undefined) };
    const database: HealthIndicator = { name: 'database', check: async () => (await this.started()).dataSource.query('select 1') };
    const masterKeys: HealthIndicator = { name: 'masterKeys', check: async () => (await this.started()).keyring.check() };
    const module = HealthModule.forRoot({
      imports: [MetricsModule],
      useFactory: () => ({ startup: [startup], ready: [database, masterKeys] }),
    });
    const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger, abortOnError: false };
    this.server = await NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options);
    await this.server.listen(port, host);
  }

  /** The worker has started; from now on it is ready while its database and its master keys answer. */
  isStarted(parts: WorkerParts): void {
    this.parts = parts;
  }

  async getUrl(): Promise<string> {
    return this.server?.getUrl() ?? '';
  }

  async close(): Promise<void> {
    await this.server?.close();
  }

  private started(): Promise<WorkerParts> {
    return this.parts === null ? Promise.reject(new StillStartingError()) : Promise.resolve(this.parts);
  }
}
