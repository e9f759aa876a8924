import { extname } from 'node:path';
import type { WorkerOptions } from 'node:worker_threads';

/** How a thread is started where it is not compiled: a TypeScript loader. */
const SOURCE_ARGV = ['--require', '@swc-node/register'];

/** JavaScript objects of a thread: a table of 10,000 rows leaves some twenty MiB of them, and making a workbook of it some hundred. */
export const THREAD_HEAP_MIB = 224;
const YOUNG_HEAP_MIB = 32;

/** A worker's file, compiled as its neighbour `beside` is or not. */
export function workerFile(stem: string, beside: string): { file: string; options: WorkerOptions } {
  const extension = extname(beside);
  return {
    file: stem + extension,
    options: {
      env: {},
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: THREAD_HEAP_MIB, maxYoungGenerationSizeMb: YOUNG_HEAP_MIB },
      ...(extension === '.ts' && { execArgv: SOURCE_ARGV }),
    },
  };
}
