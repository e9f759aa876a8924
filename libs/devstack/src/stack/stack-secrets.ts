import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import type { RolePasswords } from '@app/database';
import { z } from 'zod';

const password = z.string().min(32);

const StackSecrets = z.strictObject({
  hashKey: password,
  masterKey: password,
  roles: z.strictObject({ owner: password, api: password, worker: password }),
});

/** Secrets of one development stack, made at its first start and kept with its data. */
export interface StackSecrets {
  hashKey: string;
  masterKey: string;
  roles: RolePasswords;
}

/** Reads the stack's secrets, or makes them, in a file only its owner may read. */
export async function stackSecrets(file: string): Promise<StackSecrets> {
  const kept = await readFile(file, 'utf8').catch(unlessMissing);
  if (kept !== undefined) return StackSecrets.parse(JSON.parse(kept));
  const secret = () => randomBytes(32).toString('hex');
  const made = { hashKey: secret(), masterKey: secret(), roles: { owner: secret(), api: secret(), worker: secret() } };
  await writeFile(file, JSON.stringify(made, null, 2), { mode: 0o600 });
  return made;
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
