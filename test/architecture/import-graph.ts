import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** One import of one source file: `target` is a room (`libs/ocr`), a package (`zod`) or a Node module (`node:fs`). */
export interface Import {
  file: string;
  room: string;
  target: string;
  /** The file, where it is one of the same room; null for another room or a package. */
  targetFile: string | null;
}

const ROOT = resolve(__dirname, '../..');

/** Every import of every production source below apps/ and libs/, specs and the console's own toolchain left out. */
export function readImports(): Import[] {
  return ['apps', 'libs'].flatMap((top) => sources(join(ROOT, top))).flatMap(importsOf);
}

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name) && !/\.spec\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.includes('node_modules'));
}

function importsOf(path: string): Import[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(path, 'utf8'), true, true);
  return importedFiles.map(({ fileName }) => ({
    file: relative(ROOT, path),
    room: roomOf(path),
    target: targetOf(path, fileName),
    targetFile: targetFileOf(path, fileName),
  }));
}

function roomOf(path: string): string {
  return relative(ROOT, path).split('/').slice(0, 2).join('/');
}

function targetOf(importer: string, specifier: string): string {
  const alias = /^@app\/([^/]+)/.exec(specifier);
  if (alias) return `libs/${alias[1] ?? ''}`;
  if (specifier.startsWith('.')) return roomOf(resolve(dirname(importer), specifier));
  const [scope = '', name] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name ?? ''}` : scope;
}

function targetFileOf(importer: string, specifier: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const path = resolve(dirname(importer), specifier);
  const file = ['.ts', '.tsx', '/index.ts'].map((ending) => `${path}${ending}`).find((candidate) => existsSync(candidate));
  return file === undefined ? null : relative(ROOT, file);
}

/** Rooms that import one another in a circle, as `a -> b -> a`; of circles that share rooms, one at least. */
export function circles(imports: readonly Import[]): string[] {
  return circlesOf(
    imports.filter(({ room, target }) => room !== target && /^(apps|libs)\//.test(target)).map(({ room, target }) => [room, target]),
  );
}

/** Files that import one another in a circle, types included: each of them can only be read with the others. */
export function fileCircles(imports: readonly Import[]): string[] {
  return circlesOf(imports.flatMap(({ file, targetFile }) => (targetFile === null ? [] : [[file, targetFile] as const])));
}

function circlesOf(arrows: readonly (readonly [from: string, to: string])[]): string[] {
  const targets = new Map<string, Set<string>>();
  for (const [from, to] of arrows) targets.set(from, (targets.get(from) ?? new Set()).add(to));
  const found: string[] = [];
  const left = new Set<string>();
  const walk = (place: string, path: readonly string[]): void => {
    const seen = path.indexOf(place);
    if (seen >= 0) found.push([...path.slice(seen), place].join(' -> '));
    if (seen >= 0 || left.has(place)) return;
    for (const next of targets.get(place) ?? []) walk(next, [...path, place]);
    left.add(place);
  };
  for (const place of [...targets.keys()].sort()) walk(place, []);
  return found;
}
