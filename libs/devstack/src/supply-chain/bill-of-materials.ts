import type { ShippedPackage } from './shipped-packages';

/** The project, as its package.json names it. */
export interface Product {
  name: string;
  version: string;
  license: string;
}

/**
 * A software bill of materials in CycloneDX 1.6. The same lock file gives the same bytes: no time, no serial number, no path of a machine
 * and no address of a registry.
 */
export function billOfMaterials(product: Product, packages: ReadonlyMap<string, ShippedPackage>): object {
  const refOf = ({ name, version }: Pick<ShippedPackage, 'name' | 'version'>): string => `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  const unique = new Map([...packages.values()].map((one) => [refOf(one), one]));
  const sorted = [...unique].sort(([one], [other]) => (one < other ? -1 : 1));
  const refsOf = (folders: readonly string[]): string[] =>
    [...new Set(folders.flatMap((folder) => packages.get(folder) ?? []).map(refOf))].sort();
  return {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: { type: 'application', 'bom-ref': refOf(product), ...product, license: undefined, licenses: licensesOf(product.license) },
    },
    components: sorted.map(([ref, { name, version, license, sha512 }]) => ({
      type: 'library',
      'bom-ref': ref,
      ...{ name, version, purl: ref, licenses: licensesOf(license) },
      ...(sha512 !== null && { hashes: [{ alg: 'SHA-512', content: sha512 }] }),
    })),
    dependencies: sorted.map(([ref, { dependencies }]) => ({ ref, dependsOn: refsOf(dependencies) })),
  };
}

function licensesOf(license: string | null): object[] {
  if (license === null) return [];
  return / (?:AND|OR) /.test(license) ? [{ expression: license }] : [{ license: { id: license } }];
}
