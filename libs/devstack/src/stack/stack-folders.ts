import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

/** Where a stack keeps what; everything lies below one folder. */
export interface StackFolders {
  root: string;
  postgres: string;
  storage: string;
  journal: string;
  records: string;
  certificates: string;
  logs: string;
  secretsFile: string;
  providersFile: string;
  bookFile: string;
  lockFile: string;
}

/** Makes the folders below `root`; only PostgreSQL makes its own. */
export async function stackFolders(root: string): Promise<StackFolders> {
  const below = (name: string) => join(root, name);
  const folders: StackFolders = {
    root,
    postgres: below('postgres'),
    storage: below('storage'),
    journal: below('egress-journal'),
    records: below('sandbox-records'),
    certificates: below('certificates'),
    logs: below('logs'),
    secretsFile: below('secrets.json'),
    providersFile: below('providers.json'),
    bookFile: below('bills.json'),
    lockFile: below('running.json'),
  };
  for (const folder of [folders.storage, folders.journal, folders.records, folders.certificates, folders.logs]) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
  }
  return folders;
}
