import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** One import of one source file: `target` is a room (`libs/ocr`), a package (`zod`) or a Node module (`node:fs`). */
export interface Import {
  file: string;
  room: string;
  target: string;
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
  return importedFiles.map(({ fileName }) => ({ file: relative(ROOT, path), room: roomOf(path), target: targetOf(path, fileName) }));
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

/** Rooms that import one another in a circle, each circle once, as `a -> b -> a`. */
export function circles(imports: readonly Import[]): string[] {
  const edges = new Map<string, Set<string>>();
  for (const { room, target } of imports) {
    if (room !== target && /^(apps|libs)\//.test(target)) edges.set(room, (edges.get(room) ?? new Set()).add(target));
  }
  const found = new Set<string>();
  const walk = (room: string, path: readonly string[]): void => {
    const seen = path.indexOf(room);
    if (seen >= 0) {
      const circle = path.slice(seen);
      const start = circle.indexOf([...circle].sort()[0] ?? '');
      const turned = [...circle.slice(start), ...circle.slice(0, start)];
      found.add([...turned, turned[0]].join(' -> '));
      return;
    }
    for (const next of edges.get(room) ?? []) walk(next, [...path, room]);
  };
  for (const room of edges.keys()) walk(room, []);
  return [...found];
}
