import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readImports } from './import-graph';

const ROOT = resolve(__dirname, '../..');
/** Development only: nothing of it is in the image. */
const NOT_SHIPPED = /^(libs\/(devstack|samples)|apps\/demo)\//;

/** Starts programs, or runs text as a program. */
const RUNNERS = /^node:(child_process|vm|repl|inspector|cluster)$/;
const RUNS: Record<string, string> = {
  'libs/ocr/src/onnx/cuda-check.ts': 'ldd on the library that the package brings, without a shell, before CUDA is loaded',
};

const TEXT_AS_PROGRAM = /(?<![.\w])(?:eval|Function)\s*\(|new Function\b|set(?:Timeout|Interval)\s*\(\s*['"`]/;
const TEXT_AS_PAGE =
  /\b(?:dangerouslySetInnerHTML|(?:inner|outer)HTML|insertAdjacentHTML|srcDoc|createContextualFragment|document\.write)\b/;
const OTHER_WINDOWS = /\b(?:postMessage\s*\(|window\.open\s*\(|addEventListener\s*\(\s*['"]message['"])/;

describe('what is shipped', () => {
  const files = [...new Set(readImports().map(({ file }) => file))].filter((file) => !NOT_SHIPPED.test(file));
  const pages = files.filter((file) => file.startsWith('apps/console/'));
  const filesWith = (among: readonly string[], pattern: RegExp): string[] => among.filter((file) => pattern.test(codeOf(file)));

  it('starts no other program but these', () => {
    const found = readImports().filter(({ file, target }) => RUNNERS.test(target) && !NOT_SHIPPED.test(file));
    expect(found.map(({ file }) => file).sort()).toEqual(Object.keys(RUNS));
  });

  it('never runs text as a program', () => {
    expect(files.length).toBeGreaterThan(500);
    expect(filesWith(files, TEXT_AS_PROGRAM)).toEqual([]);
  });

  it('writes no text into a page as markup, and talks to no other window', () => {
    expect(pages.length).toBeGreaterThan(50);
    expect(filesWith(pages, TEXT_AS_PAGE)).toEqual([]);
    expect(filesWith(pages, OTHER_WINDOWS)).toEqual([]);
  });

  it('would be found', () => {
    for (const bad of ['eval(text)', 'new Function(text)', "setTimeout('a()', 1)"]) expect(bad).toMatch(TEXT_AS_PROGRAM);
    for (const fine of ['evaluate(text)', 'page.eval(text)', 'setTimeout(a, 1)']) expect(fine).not.toMatch(TEXT_AS_PROGRAM);
    expect('<p dangerouslySetInnerHTML={x} />').toMatch(TEXT_AS_PAGE);
    expect("window.addEventListener('message', x)").toMatch(OTHER_WINDOWS);
  });
});

function codeOf(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8').replace(/\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g, '');
}
