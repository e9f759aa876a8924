import { Health, HealthModule, MetricsModule } from '@app/observability';
import type { LoggerService, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Journal } from './journal/journal';

/**
 * Builds the server of the health routes and the metrics, on a plain port of its own: an orchestrator's probe has no client certificate.
 * Ready means that an attempt could be written down now; the providers are never asked, since every call to them may be charged.
 */
export async function createHealthApp(journal: Journal, logger: LoggerService): Promise<NestFastifyApplication> {
  const indicators = { ready: [{ name: 'journal', check: () => journal.probe() }] };
  const module = HealthModule.forRoot({ imports: [MetricsModule], useFactory: () => indicators });
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger, abortOnError: false };
  return NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options);
}

/** Makes the health routes say that no new work should come. */
export function announceStop(healthApp: NestFastifyApplication): void {
  healthApp.get(Health, { strict: false }).stopping();
}
