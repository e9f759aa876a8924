import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort } from '../network/free-port';
import { LastLines } from '../process/last-lines';
import { EmbeddedPostgresError } from './postgres.error';
import { lastingHome, temporaryHome, type ServerHome } from './server-home';

/** How to start a server of one's own. */
export interface EmbeddedPostgresOptions {
  /** Where the data is kept between starts; without it the server is temporary, does not sync to disk, and is deleted when stopped. */
  dataDir?: string;
  /** Loopback port; without it any free one. */
  port?: number;
  /** Further server settings, such as `{ max_connections: '200' }`. */
  settings?: Record<string, string>;
  startTimeoutMs?: number;
}

/** A running server that listens on 127.0.0.1 only. */
export interface EmbeddedPostgres {
  readonly port: number;
  readonly pid: number;
  /** Connection URL of the superuser for a database of the cluster. */
  superuserUrl(database?: string): string;
  /** Disconnects every client and waits until the server has written everything down. */
  stop(): Promise<void>;
}

const SUPERUSER = 'postgres';
const PASSWORD_FILE = 'superuser-password';
/** A start after a crash replays the write-ahead log first. */
const START_TIMEOUT_MS = 60_000;
const STOP_TIMEOUT_MS = 20_000;
const READY = 'database system is ready to accept connections';

/** Starts PostgreSQL from the npm package, creating the cluster at the first start; nothing needs to be installed or configured. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions = {}): Promise<EmbeddedPostgres> {
  const home = options.dataDir === undefined ? await temporaryHome() : await lastingHome(options.dataDir);
  try {
    return await startIn(home, options);
  } catch (error) {
    if (home.isTemporary) await home.remove();
    throw error;
  }
}

/** Deletes the data kept in `dataDir`, ending a server that a killed parent left on it. */
export async function removeEmbeddedPostgres(dataDir: string): Promise<void> {
  const home = await lastingHome(dataDir);
  await stopForgottenServer(home);
  await home.remove();
}

async function startIn(home: ServerHome, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const password = await preparedCluster(home);
  await stopForgottenServer(home);
  const port = options.port ?? (await freePort());
  const server = launch(home, port, options.settings ?? {});
  await becomesReady(server, options.startTimeoutMs ?? START_TIMEOUT_MS);
  return {
    port,
    pid: server.pid,
    superuserUrl: (database = 'postgres') => `postgresql://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`,
    stop: () => stop(server, home),
  };
}

async function preparedCluster(home: ServerHome): Promise<string> {
  const passwordFile = join(home.dataDir, PASSWORD_FILE);
  const isInitialised = await stat(join(home.dataDir, 'PG_VERSION')).catch(() => undefined);
  if (isInitialised) {
    return readFile(passwordFile, 'utf8').catch((cause: unknown) => {
      throw new EmbeddedPostgresError(`${passwordFile} cannot be read, so the data beside it cannot be opened: restore it, or start anew`, {
        cause,
      });
    });
  }
  const password = randomBytes(24).toString('hex');
  const newPassword = `${home.dataDir}.password`;
  await writeFile(newPassword, password, { mode: 0o600 });
  if (home.account) await chown(newPassword, home.account.uid, home.account.gid);
  try {
    await initialise(home, newPassword);
  } finally {
    await rm(newPassword, { force: true });
  }
  await writeFile(passwordFile, password, { mode: 0o600 });
  return password;
}

async function initialise(home: ServerHome, passwordFile: string): Promise<void> {
  const args = ['--pgdata', home.dataDir, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  args.push('--encoding', 'UTF8', '--locale', 'C', ...(home.isTemporary ? ['--no-sync'] : []));
  const child = startProgram(home, 'initdb', args);
  const code = await child.exited;
  if (code === 0) return;
  throw new EmbeddedPostgresError(`initdb ended with ${code} for ${home.dataDir}; its last words:\n${child.lastLines.text()}`);
}

/** A server left behind by a killed parent still holds the data; it is asked to stop before a new one starts. */
async function stopForgottenServer(home: ServerHome): Promise<void> {
  const isHeld = await stat(join(home.dataDir, 'postmaster.pid')).catch(() => undefined);
  if (!isHeld || home.isTemporary) return;
  await startProgram(home, 'pg_ctl', ['stop', '--pgdata', home.dataDir, '--mode', 'fast', '--wait', '--timeout', '30']).exited;
}

interface Program {
  process: ChildProcess;
  pid: number;
  lastLines: LastLines;
  /** Exit code, or the name of the signal that ended it. */
  exited: Promise<number | string>;
}

function launch(home: ServerHome, port: number, settings: Record<string, string>): Program {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    // A socket file would need a folder that the unprivileged account may write to.
    unix_socket_directories: '',
    ...(home.isTemporary ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
    ...settings,
  };
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const program = startProgram(home, 'postgres', ['-D', home.dataDir, '-p', String(port), ...flags]);
  // SIGINT is PostgreSQL's fast shutdown: the last chance not to leave a server behind when this process ends without stop().
  const stopAtExit = () => program.process.kill('SIGINT');
  process.once('exit', stopAtExit);
  void program.exited.then(() => process.removeListener('exit', stopAtExit));
  return program;
}

function startProgram(home: ServerHome, name: string, args: string[]): Program {
  const child = spawn(join(home.binDir, name), args, {
    ...home.account,
    cwd: '/',
    // Its own process group: a Ctrl-C in the terminal must not stop the database before the processes that use it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
  });
  const lastLines = new LastLines();
  child.stdout.on('data', (chunk: Buffer) => lastLines.add(chunk));
  child.stderr.on('data', (chunk: Buffer) => lastLines.add(chunk));
  const exited = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'an unknown end'));
  });
  return { process: child, pid: child.pid ?? 0, lastLines, exited };
}

async function becomesReady(server: Program, timeoutMs: number): Promise<void> {
  const ready = new Promise<'ready'>((resolve) => {
    server.process.stderr?.on('data', () => {
      if (server.lastLines.text().includes(READY)) resolve('ready');
    });
  });
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<'late'>((resolve) => (timer = setTimeout(() => resolve('late'), timeoutMs)));
  const end = await Promise.race([ready, late, server.exited]);
  clearTimeout(timer);
  if (end === 'ready') return;
  server.process.kill('SIGQUIT');
  await server.exited;
  const what = end === 'late' ? `was not ready after ${timeoutMs} ms` : `ended with ${end} while starting`;
  throw new EmbeddedPostgresError(`PostgreSQL ${what}; its last words:\n${server.lastLines.text()}`);
}

async function stop(server: Program, home: ServerHome): Promise<void> {
  server.process.kill('SIGINT');
  const timer = setTimeout(() => server.process.kill('SIGQUIT'), STOP_TIMEOUT_MS);
  await server.exited;
  clearTimeout(timer);
  if (home.isTemporary) await home.remove();
}
