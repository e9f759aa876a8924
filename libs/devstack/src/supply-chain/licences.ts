import type { ShippedPackage } from './shipped-packages';

/** Licences under which a package may be shipped beside ours. */
const ALLOWED: ReadonlySet<string> = new Set([
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Python-2.0', 'OFL-1.1'],
]);

/** Allowed for one package only, with the reason. */
const EXCEPTIONS: readonly { name: RegExp; licence: string; reason: string }[] = [
  { name: /^@img\/sharp-libvips-/, licence: 'LGPL-3.0-or-later', reason: 'a shared library, loaded as it is and replaceable by its user' },
];

/** The packages whose licence is unknown or not allowed, as lines for a person. */
export function licenceProblems(packages: Iterable<ShippedPackage>): string[] {
  return [...packages].flatMap(({ name, version, license }) => {
    if (license === null) return [`${name} ${version}: says no licence`];
    return isAllowed(name, license) ? [] : [`${name} ${version}: ${license} is not on the list of allowed licences`];
  });
}

/** Reads SPDX expressions of AND and OR, with or without brackets around the whole; nothing more occurs, and what else occurs is refused. */
function isAllowed(name: string, expression: string): boolean {
  const text = expression.replace(/^\((.*)\)$/, '$1');
  return text.split(' OR ').some((choice) => choice.split(' AND ').every((licence) => isAllowedAlone(name, licence)));
}

function isAllowedAlone(name: string, licence: string): boolean {
  return ALLOWED.has(licence) || EXCEPTIONS.some((exception) => exception.licence === licence && exception.name.test(name));
}
