import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stderr } from 'node:process';

/** Why the peers cannot run here, and what to do about it. */
export class PeersUnavailableError extends Error {
  override readonly name = 'PeersUnavailableError';
}

/**
 * The Python of a virtual environment that holds the pinned peers; made on first use, and again when the pins change. Blocks:
 * nothing is measured meanwhile.
 */
export function preparePython(folder: string, requirements: string): string {
  const python = join(folder, 'bin', 'python');
  const installed = join(folder, 'installed.txt');
  const wanted = readFileSync(requirements, 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return python;
  stderr.write(`installing the peers into ${folder}; this happens once\n`);
  run('python3', ['-m', 'venv', '--clear', folder], '--peers needs python3 (3.10 or later) with its venv module');
  const pip = ['-m', 'pip', 'install', '--quiet', '--no-input', '--disable-pip-version-check', '-r', requirements];
  run(python, pip, `--peers needs pip to install what ${requirements} lists: from an index, or from a folder by PIP_FIND_LINKS`);
  writeFileSync(installed, wanted);
  return python;
}

function run(command: string, args: string[], need: string): void {
  const { status, error, stderr: words } = spawnSync(command, args, { encoding: 'utf8' });
  if (error === undefined && status === 0) return;
  const said = error?.message ?? words.trim().split('\n').slice(-3).join('\n');
  throw new PeersUnavailableError(`${need}\n${command} ${args.slice(0, 3).join(' ')}: ${said}`);
}
