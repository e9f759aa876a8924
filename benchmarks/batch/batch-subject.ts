import 'reflect-metadata';
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { argv, cpuUsage, resourceUsage, stdout } from 'node:process';
import { AuditEntry } from '@app/audit';
import { DatabaseModule, type TenantContext } from '@app/database';
import { KeyringModule } from '@app/keyring';
import { QueueModule } from '@app/queue';
import { Correction, CorrectionStore, Receipt, ReceiptReadings, ReceiptStore } from '@app/receipts';
import { readTable } from '@app/tabular';
import {
  Attempt,
  BatchRow,
  BatchViews,
  ChargeEntry,
  resultFile,
  Verification,
  VerificationBatch,
  VerificationBatches,
  VerificationBatchesModule,
  VerificationPolicy,
} from '@app/verification';
import { type DynamicModule, Module, type NestApplicationOptions } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

/** What one step took: wall and core time in ms, and the longest that the event loop stood still. */
export interface Step {
  wallMs: number;
  coreMs: number;
  stallMs: number;
}

/** What the process measured of itself. */
export interface SubjectReport {
  rows: number;
  calls: number;
  parse: Step;
  create: Step;
  estimate: Step;
  result: Step;
  /** The most memory that the process held until the estimate was there, and with the result's workbook, in MiB. */
  peakMiB: number;
  resultPeakMiB: number;
}

const KEYS = { masterKey: 'e'.repeat(64), suite: 'standard' } as const;
const ENTITIES = [AuditEntry, Receipt, Correction, Verification, Attempt, ChargeEntry, VerificationBatch, BatchRow, VerificationPolicy];

@Module({})
class ReadingsModule {}

/** Takes one file as the api does, in a process of its own, and prints what it took. */
async function main([url = '', tenantId = '', file = '']: string[]): Promise<void> {
  const readings = {
    module: ReadingsModule,
    providers: [ReceiptStore, CorrectionStore, ReceiptReadings],
    exports: [ReceiptReadings],
  };
  const batchesModule = VerificationBatchesModule.forRequests({
    hashKey: 'k'.repeat(32),
    defaultProvider: 'netocr',
    maxRows: 100_000,
    imports: [readings],
  });
  const database = DatabaseModule.forRoot({ url, applicationName: 'bench-batch', entities: ENTITIES });
  const root: DynamicModule = {
    module: ReadingsModule,
    imports: [database, KeyringModule.forRoot(KEYS), QueueModule.forProducer({ url }), batchesModule],
  };
  const options: Pick<NestApplicationOptions, 'logger' | 'abortOnError'> = { logger: false, abortOnError: false };
  const app = await NestFactory.createApplicationContext(root, options);
  const [batches, views] = [app.get(VerificationBatches, { strict: false }), app.get(BatchViews, { strict: false })];
  const tenant: TenantContext = { tenantId, actor: { type: 'operator', id: 'bench', name: 'bench' } };
  const bytes = readFileSync(file);
  const parse = await measured(() => readTable(bytes, { maxRows: 100_000 }));
  const create = await measured(() => batches.createFromTable(tenant, { fileName: 'bench', bytes }));
  const estimate = await measured(() => views.get(tenant, create.value.id));
  const peakMiB = resourceUsage().maxRSS / 1024;
  const result = await measured(async () => {
    const written = resultFile(await views.result(tenant, create.value.id, { format: 'xlsx', kind: 'result' }), {
      format: 'xlsx',
      language: 'zh-CN',
    });
    let length = 0;
    for await (const piece of written.bytes) length += piece.length;
    return length;
  });
  await app.close();
  const report: SubjectReport = {
    rows: create.value.okCount,
    calls: estimate.value.estimate.calls,
    parse: parse.step,
    create: create.step,
    estimate: estimate.step,
    result: result.step,
    peakMiB,
    resultPeakMiB: resourceUsage().maxRSS / 1024,
  };
  stdout.write(JSON.stringify(report));
}

async function measured<T>(work: () => Promise<T>): Promise<{ value: T; step: Step }> {
  const stalls = monitorEventLoopDelay({ resolution: 5 });
  stalls.enable();
  const [began, core] = [performance.now(), cpuUsage()];
  const value = await work();
  const { user, system } = cpuUsage(core);
  stalls.disable();
  return { value, step: { wallMs: performance.now() - began, coreMs: (user + system) / 1_000, stallMs: stalls.max / 1e6 } };
}

void main(argv.slice(2));
