import { rm, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { createCertificates } from '../certificates/certificates';
import { freePorts, isPortFree } from '../network/free-port';
import { ManagedProcess } from '../process/managed-process';
import { PortTakenError } from '../process/process.error';
import { removeEmbeddedPostgres } from '../postgres/embedded-postgres';
import { projectRoot } from '../project-root';
import { writeProviderFiles, type ProviderLimits, type SandboxBill } from './provider-files';
import { stackSecrets } from './stack-secrets';
import { Stack } from './stack';
import { startDatabase, type StackDatabase } from './stack-database';
import { stackFolders, type StackFolders } from './stack-folders';
import { StackLock } from './stack-lock';
import { readyUrl, STACK_PROCESSES, stackSettings, type StackPorts, type StackProcessName } from './stack-settings';

/** What a stack is made of. */
export interface StackOptions {
  /** Keeps everything that outlives a start. */
  stateDir: string;
  /** Folder with the OCR model packs. */
  modelsDir: string;
  /** What the simulated providers know. */
  bills: readonly SandboxBill[];
  /** Time limits of egress towards the providers; without them its own. */
  providerLimits?: ProviderLimits;
  /** A migrated database; without it PostgreSQL is started on `stateDir`. */
  database?: StackDatabase;
  /** `build` runs dist/, `source` compiles while loading. */
  runFrom?: 'build' | 'source';
  /** Ports that are wanted; the others are any free ones. */
  ports?: Partial<StackPorts>;
  consoleDir?: string;
  /** Further settings of single processes. */
  settings?: Partial<Record<StackProcessName, Record<string, string>>>;
  startTimeoutMs?: number;
  log?: (line: string) => void;
}

/** Loading the models and their first run are the slowest part of a start. */
const START_TIMEOUT_MS = 90_000;

/** Starts sandbox, egress, worker and api as the separate processes they are, and waits until all are ready. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const folders = await stackFolders(options.stateDir);
  const lock = await StackLock.take(folders.lockFile);
  try {
    return await startLocked(options, folders, lock);
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Deletes everything a stack has kept; refuses while it runs. */
export async function resetStack(stateDir: string): Promise<void> {
  const folders = await stackFolders(stateDir);
  await StackLock.take(folders.lockFile);
  await removeEmbeddedPostgres(folders.postgres);
  await rm(stateDir, { recursive: true, force: true });
}

async function startLocked(options: StackOptions, folders: StackFolders, lock: StackLock): Promise<Stack> {
  const ports = await choosePorts(options.ports);
  const { hashKey, masterKey, roles } = await stackSecrets(folders.secretsFile);
  const log = options.log ?? (() => undefined);
  const { server, database } = options.database
    ? { server: null, database: options.database }
    : await startDatabase({ dataDir: folders.postgres, passwords: roles, log });
  const processes = new Map<StackProcessName, ManagedProcess>();
  const stack = new Stack({ processes, server, database, folders, ports, hashKey, masterKey, lock });
  try {
    await writeProviderFiles({ folders, sandboxUrl: stack.urls.sandbox, bills: options.bills, limits: options.providerLimits });
    const certificates = await createCertificates(folders.certificates);
    const { modelsDir, consoleDir } = options;
    const settings = stackSettings({ folders, ports, database, certificates, hashKey, masterKey, modelsDir, consoleDir });
    await launchAll({ options, folders, ports, settings, processes, lock });
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

async function choosePorts(wanted: Partial<StackPorts> = {}): Promise<StackPorts> {
  for (const port of Object.values(wanted)) {
    if (!(await isPortFree(port))) throw new PortTakenError(port);
  }
  const [api = 0, worker = 0, egress = 0, egressHealth = 0, sandbox = 0] = await freePorts(5);
  return { api, worker, egress, egressHealth, sandbox, ...wanted };
}

interface Launch {
  options: StackOptions;
  folders: StackFolders;
  ports: StackPorts;
  settings: Record<StackProcessName, Record<string, string>>;
  processes: Map<StackProcessName, ManagedProcess>;
  lock: StackLock;
}

async function launchAll({ options, folders, ports, settings, processes, lock }: Launch): Promise<void> {
  const root = projectRoot();
  for (const name of STACK_PROCESSES) {
    const logFile = join(folders.logs, `${name}.log`);
    await truncate(logFile).catch(unlessMissing);
    const process = new ManagedProcess({
      name,
      args: [...(FLAGS[name] ?? []), ...entry(root, name, options.runFrom ?? 'build')],
      cwd: root,
      env: { ...inherited(), ...settings[name], ...options.settings?.[name] },
      readyUrl: readyUrl(name, ports),
      logFile,
    });
    processes.set(name, process);
    await lock.add(process.pid);
  }
  const timeoutMs = options.startTimeoutMs ?? START_TIMEOUT_MS;
  await Promise.all([...processes.values()].map((process) => process.becomesReady(timeoutMs)));
}

/** As the image's documentation tells operators to start them. */
const FLAGS: Partial<Record<StackProcessName, readonly string[]>> = { worker: ['--single-threaded-gc'] };

function entry(root: string, name: StackProcessName, runFrom: 'build' | 'source'): string[] {
  return runFrom === 'build'
    ? [join(root, 'dist', 'apps', name, 'src', 'main.js')]
    : ['-r', require.resolve('@swc-node/register'), join(root, 'apps', name, 'src', 'main.ts')];
}

/** Nothing of the caller's environment reaches a process unless it is listed: a stray PIAOYAN_ variable would stop it. */
function inherited(): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ'];
  return Object.fromEntries(names.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])));
}

function unlessMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
