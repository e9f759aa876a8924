import { statfs } from 'node:fs/promises';
import { Health, type HealthDetail, HealthModule, MetricsModule } from '@app/observability';
import type { LoggerService, NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Journal } from './journal/journal';
import type { JournalKeeper } from './journal/journal-keeper';

/**
 * Builds the server of the health routes and the metrics, on a plain port of its own: an orchestrator's probe has no client certificate.
 * Ready means that an attempt could be written down now; the providers are never asked, since every call to them may be charged.
 */
export async function createHealthApp(
  { journal, keeper }: { journal: Journal; keeper: JournalKeeper },
  logger: LoggerService,
): Promise<NestFastifyApplication> {
  const detail = () => figuresOf(journal, keeper);
  const indicators = { ready: [{ name: 'journal', check: () => journal.probe(), detail }] };
  const module = HealthModule.forRoot({ imports: [MetricsModule], useFactory: () => indicators });
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger, abortOnError: false };
  return NestFactory.create<NestFastifyApplication>(module, new FastifyAdapter(), options);
}

/** Free space is of now; the rest is of the last time that the journal was gone through, and null before the first. */
async function figuresOf({ directory }: Journal, { lastRound }: JournalKeeper): Promise<HealthDetail> {
  const { bavail, blocks, bsize } = await statfs(directory);
  return {
    freeBytes: bavail * bsize,
    volumeBytes: blocks * bsize,
    bytes: lastRound?.bytes ?? null,
    attempts: lastRound?.kept ?? null,
    spoilt: lastRound?.spoilt ?? null,
    oldestAt: lastRound?.oldestAt == null ? null : new Date(lastRound.oldestAt).toISOString(),
    measuredAt: lastRound === null ? null : new Date(lastRound.foundAt).toISOString(),
  };
}

/** Makes the health routes say that no new work should come. */
export function announceStop(healthApp: NestFastifyApplication): void {
  healthApp.get(Health, { strict: false }).stopping();
}
