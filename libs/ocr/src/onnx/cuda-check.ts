import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describeNeeds, parseLdd } from './ldd-output';

/** What the check asks of the machine. */
export interface CudaProbe {
  platform: string;
  /** Path of the runtime's CUDA provider library. */
  library: string;
  exists(path: string): boolean;
  /** Output of `ldd`, both streams; undefined where there is no `ldd`. */
  ldd(path: string): Promise<string | undefined>;
}

const LDD_TIMEOUT_MS = 10_000;

/** This machine, and the runtime that is installed on it. */
export function thisMachine(): CudaProbe {
  const folder = join(dirname(require.resolve('onnxruntime-node/package.json')), 'bin/napi-v6', process.platform, process.arch);
  return {
    platform: `${process.platform} ${process.arch}`,
    library: join(folder, 'libonnxruntime_providers_cuda.so'),
    exists: existsSync,
    ldd: runLdd,
  };
}

/**
 * Why CUDA cannot be had, before a model is opened: the runtime's own message names the first missing library at best.
 * Undefined when nothing speaks against it.
 */
export async function whyNoCuda(probe: CudaProbe = thisMachine()): Promise<string | undefined> {
  if (probe.platform !== 'linux x64') return `CUDA is offered for linux x64 only, not for ${probe.platform}`;
  if (!probe.exists(probe.library)) {
    return `${probe.library} is missing: put the CUDA libraries of this onnxruntime-node version there (libonnxruntime_providers_cuda.so and _shared.so)`;
  }
  const output = await probe.ldd(probe.library);
  const needs = output === undefined ? undefined : describeNeeds(parseLdd(output));
  return needs && `the CUDA provider cannot be loaded: ${needs}`;
}

/** Where `ldd` is not installed the runtime's own message has to do. A non-zero exit still says what is missing. */
function runLdd(path: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('ldd', [path], { timeout: LDD_TIMEOUT_MS }, (error, stdout, stderr) => {
      const isAbsent = error?.code === 'ENOENT' || error?.killed;
      resolve(isAbsent ? undefined : stderr + stdout);
    });
  });
}
