// Loads onnxruntime the way the product does, with its usage reports switched off.
import '@app/ocr';
import type { Check, Finding } from './check';

const REQUIRED_NODE_MAJOR = 24;

/** The floor of the published binaries of Node.js 24, onnxruntime-node 1.30 and libvips: `objdump -T` shows GLIBC_2.28. */
const REQUIRED_GLIBC = [2, 28] as const;

export const nodeCheck: Check = {
  name: 'Node.js',
  run: () => Promise.resolve(examineNode(process.versions.node)),
};

export function examineNode(version: string): Finding {
  const major = Number(version.split('.')[0]);
  if (major >= REQUIRED_NODE_MAJOR) return { state: 'ok', detail: version };
  return {
    state: 'fail',
    detail: `${version} is older than ${REQUIRED_NODE_MAJOR}`,
    advice: 'start the command through npm run, or with node_modules/.bin/node',
  };
}

export const platformCheck: Check = {
  name: 'platform',
  run: () => Promise.resolve(examinePlatform(process.platform, process.arch, glibcVersion())),
};

/** Linux on x64 or arm64 with glibc 2.28 or later: what the native parts are built for. `glibc` is null on musl. */
export function examinePlatform(platform: string, arch: string, glibc: string | null): Finding {
  const detail = `${platform} ${arch}${glibc ? `, glibc ${glibc}` : ''}`;
  if (platform !== 'linux') return { state: 'warn', detail, advice: 'the appliance is tested on Linux' };
  if (arch !== 'x64' && arch !== 'arm64') return { state: 'fail', detail, advice: 'onnxruntime and sharp exist for x64 and arm64 only' };
  if (glibc === null)
    return { state: 'fail', detail: `${detail}, no glibc`, advice: 'use an image with glibc; Alpine (musl) cannot run onnxruntime' };
  const [major = 0, minor = 0] = glibc.split('.').map(Number);
  const old = major < REQUIRED_GLIBC[0] || (major === REQUIRED_GLIBC[0] && minor < REQUIRED_GLIBC[1]);
  return old ? { state: 'fail', detail, advice: `glibc ${REQUIRED_GLIBC.join('.')} or later is needed` } : { state: 'ok', detail };
}

function glibcVersion(): string | null {
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime ?? null;
}

/** Native modules are loaded here and nowhere else at start, so that a missing library is told by name. */
export const nativeChecks: readonly Check[] = [
  { name: 'onnxruntime', run: async () => ({ state: 'ok', detail: (await import('onnxruntime-node')).env.versions.node ?? 'loaded' }) },
  { name: 'sharp', run: async () => ({ state: 'ok', detail: `libvips ${(await import('sharp')).default.versions.vips}` }) },
].map(({ name, run }) => ({ name, run: () => run().catch(notLoaded) as Promise<Finding> }));

function notLoaded(error: unknown): Finding {
  const detail = error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error);
  return { state: 'fail', detail, advice: 'install the dependencies for this platform again (npm ci), or use the shipped image' };
}
