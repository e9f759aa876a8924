import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ReceiptView, VerificationView } from '@app/contracts';
import { ApiProblemError, type ApiClient } from './api-client';
import type { DemoSample } from './samples/demo-samples';
import type { SampleFiles } from './samples/sample-files';

/** What came of one sample. */
export interface SampleResult {
  sample: DemoSample;
  receipt: ReceiptView;
  /** The verification, or the code of the problem that kept the sample from being sent. */
  end: { verification: VerificationView } | { notSent: string };
  readMs: number;
  totalMs: number;
}

/** Reads and verifies every sample, one after the other, as a client of the API. */
export async function runSamples(api: ApiClient, { folder, samples }: SampleFiles): Promise<SampleResult[]> {
  const results: SampleResult[] = [];
  for (const sample of samples) {
    const bytes = await readFile(join(folder, sample.file));
    const started = performance.now();
    const receipt = await api.read(sample.file, bytes);
    const readMs = performance.now() - started;
    const end = await verified(api, receipt, sample);
    results.push({ sample, receipt, end, readMs, totalMs: performance.now() - started });
  }
  return results;
}

async function verified(api: ApiClient, receipt: ReceiptView, { provider }: DemoSample): Promise<SampleResult['end']> {
  try {
    return { verification: await api.verify(receipt.id, provider) };
  } catch (error) {
    if (error instanceof ApiProblemError) return { notSent: error.problem.code };
    throw error;
  }
}
