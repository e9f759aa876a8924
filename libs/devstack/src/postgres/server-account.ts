import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname, parse } from 'node:path';
import { promisify } from 'node:util';
import { EmbeddedPostgresError } from './postgres.error';

const run = promisify(execFile);

/** The operating-system account a server process runs under. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

/** PostgreSQL refuses to run as root, and needs an account that has a name; `nobody` exists where nobody made one for it. */
const UNPRIVILEGED_NAMES = ['postgres', 'nobody'];

/** The account to start PostgreSQL under: null means this process's own, which is right unless it is root. */
export async function serverAccount(): Promise<ServerAccount | null> {
  if (process.getuid?.() !== 0) return null;
  for (const name of UNPRIVILEGED_NAMES) {
    const account = await lookUp(name);
    if (account) return account;
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL does not run as root, and none of the users ${UNPRIVILEGED_NAMES.join(', ')} exists here: start as another user, or create one of them`,
  );
}

async function lookUp(name: string): Promise<ServerAccount | undefined> {
  const ids = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]).catch(() => undefined);
  return ids && { uid: Number(ids[0].stdout), gid: Number(ids[1].stdout) };
}

/** Whether the account may enter every folder on the way to a path; a clone under /root or in a private temporary folder may not be. */
export async function canReach(account: ServerAccount, path: string): Promise<boolean> {
  const { root } = parse(path);
  for (let folder = dirname(path); ; folder = dirname(folder)) {
    if (!(await mayEnter(account, folder))) return false;
    if (folder === root) return true;
  }
}

async function mayEnter(account: ServerAccount, folder: string): Promise<boolean> {
  const { uid, gid, mode } = await stat(folder);
  if (uid === account.uid) return (mode & 0o100) !== 0;
  if (gid === account.gid) return (mode & 0o010) !== 0;
  return (mode & 0o001) !== 0;
}
