import { readFileSync } from 'node:fs';
import { z } from 'zod';

const Names = z.record(z.string(), z.string()).optional();

const LockedPackage = z.looseObject({
  version: z.string().optional(),
  license: z.string().optional(),
  integrity: z.string().optional(),
  dependencies: Names,
  optionalDependencies: Names,
  peerDependencies: Names,
  os: z.array(z.string()).optional(),
  cpu: z.array(z.string()).optional(),
  libc: z.array(z.string()).optional(),
});
export type LockedPackage = z.infer<typeof LockedPackage>;

const LockFile = z.looseObject({ lockfileVersion: z.literal(3), packages: z.record(z.string(), LockedPackage) });

/** What package-lock.json pins, by the folder that each package is put into; the project itself has the folder ''. */
export type LockFile = z.infer<typeof LockFile>;

/** @throws Error when the file is none of lock file version 3 */
export function readLockFile(path: string): LockFile {
  return LockFile.parse(JSON.parse(readFileSync(path, 'utf8')));
}
