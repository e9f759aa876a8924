import type { LockedPackage, LockFile } from './lock-file';

/** A package of which something is in what banks install. */
export interface ShippedPackage {
  name: string;
  version: string;
  license: string | null;
  /** SHA-512 of the archive it came as, in hexadecimal; null where the lock file tells none. */
  sha512: string | null;
  /** Folders of the packages that it brings along. */
  dependencies: string[];
}

/** Development dependencies that are shipped all the same: the console's bundle holds them, and the image has that Node. */
export const BUNDLED = ['react', 'react-dom', 'antd', '@ant-design/icons', 'node'] as const;

/** Where the image runs. */
const PLATFORM = { os: ['linux'], cpu: ['x64', 'arm64'], libc: ['glibc'] } as const;

/** All shipped packages, by their folders: what the project and the bundled ones need, followed through the lock file. */
export function shippedPackages({ packages }: LockFile): Map<string, ShippedPackage> {
  const root = packages[''];
  if (root === undefined) throw new Error('the lock file does not name the project');
  const shipped = new Map<string, ShippedPackage>();
  const waiting = [...Object.keys(root.dependencies ?? {}), ...BUNDLED].map((name) => `node_modules/${name}`);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    const entry = packages[path];
    if (shipped.has(path) || entry === undefined || !runsHere(entry)) continue;
    const dependencies = foldersOf(packages, path, entry);
    shipped.set(path, toShipped(path, entry, dependencies));
    waiting.push(...dependencies);
  }
  return new Map([...shipped].sort(([one], [other]) => (one < other ? -1 : 1)));
}

function toShipped(path: string, { version, license, integrity }: LockedPackage, dependencies: string[]): ShippedPackage {
  const [, sha512] = /^sha512-([\w+/]+=*)$/.exec(integrity ?? '') ?? [];
  return {
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length),
    version: version ?? '',
    license: license ?? null,
    sha512: sha512 === undefined ? null : Buffer.from(sha512, 'base64').toString('hex'),
    dependencies,
  };
}

function foldersOf(packages: LockFile['packages'], path: string, entry: LockedPackage): string[] {
  const { dependencies, optionalDependencies, peerDependencies } = entry;
  const names = new Set(Object.keys({ ...dependencies, ...optionalDependencies, ...peerDependencies }));
  return [...names].flatMap((name) => resolved(packages, path, name) ?? []).sort();
}

/** The folder that Node would find a package in: the nearest above. Peers and optional ones may be nowhere. */
function resolved(packages: LockFile['packages'], from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    const candidate = folder === '' ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    const entry = packages[candidate];
    if (entry !== undefined) return runsHere(entry) ? candidate : undefined;
    if (folder === '') return undefined;
  }
}

function runsHere({ os, cpu, libc }: LockedPackage): boolean {
  const fits = (listed: string[] | undefined, here: readonly string[]): boolean =>
    listed === undefined || listed.some((one) => here.includes(one));
  return fits(os, PLATFORM.os) && fits(cpu, PLATFORM.cpu) && fits(libc, PLATFORM.libc);
}
