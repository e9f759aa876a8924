import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(__dirname, '../..');
const COLUMNS = 4;
const STATES = ['held', 'partly', 'not yet', 'does not apply'] as const;
const STATE = /^(held|(partly|not yet|does not apply): \S.*)$/;
const ASVS = 'docs/security/asvs.md';
/** How many requirements of levels 1 and 2 each chapter of ASVS 5.0.0 has, the first chapter first. */
const ASVS_LINES = [27, 11, 19, 10, 9, 35, 18, 7, 7, 29, 14, 9, 13, 9, 13, 16, 7];

interface Line {
  id: string;
  demand: string;
  proof: string;
  state: string;
}

/** The cells of every row of a page's tables. */
function rowsOf(page: string): string[][] {
  return readFileSync(join(ROOT, page), 'utf8')
    .split('\n')
    .map((text) =>
      text
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
}

/** The lines of a page's tables whose first cell is the id of a demand. */
function linesOf(page: string, id: RegExp): Line[] {
  return rowsOf(page)
    .filter((cells) => id.test(cells[0] ?? ''))
    .map((cells) => {
      expect([cells[0], cells.length]).toEqual([cells[0], COLUMNS]);
      const [first = '', demand = '', proof = '', state = ''] = cells;
      return { id: first, demand, proof, state };
    });
}

const pathsIn = (proof: string): string[] =>
  [...proof.matchAll(/`((?:apps|libs|test|benchmarks|docker|docs|deploy|helm|\.ci)\/?[^`]*)`/g)].map(([, path]) => path ?? '');
const commandsIn = (proof: string): string[] => [...proof.matchAll(/`npm run ([\w:]+)[^`]*`/g)].map(([, name]) => name ?? '');
/** A folder would prove nothing: whoever reads the page must be able to open what is named. */
const isFile = (path: string): boolean => existsSync(join(ROOT, path)) && statSync(join(ROOT, path)).isFile();

const ASVS_ID = /^\d+\.\d+\.\d+$/;

describe.each([
  ['docs/compliance.md', /^REQ-[A-Z]+-\d+$/],
  [ASVS, ASVS_ID],
])('%s', (page, id) => {
  const lines = linesOf(page, id);
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

  it('has each demand once, with a state', () => {
    expect(lines.length).toBeGreaterThan(40);
    expect(lines.map((line) => line.id)).toEqual([...new Set(lines.map((line) => line.id))]);
    // What is not whole says what is missing.
    expect(lines.filter(({ state }) => !STATE.test(state))).toEqual([]);
  });

  it('names a proof for what it calls held, and only proofs that exist', () => {
    const isProven = ({ proof }: Line): boolean => pathsIn(proof).length + commandsIn(proof).length > 0;
    expect(lines.filter((line) => /^(held|partly)/.test(line.state) && !isProven(line)).map((line) => line.id)).toEqual([]);
    const missing = lines.flatMap((line) => [
      ...pathsIn(line.proof)
        .filter((path) => !isFile(path))
        .map((path) => `${line.id}: ${path}`),
      ...commandsIn(line.proof)
        .filter((name) => !(name in scripts))
        .map((name) => `${line.id}: npm run ${name}`),
    ]);
    expect(missing).toEqual([]);
  });
});

describe.each(['docs/security/threat-model.md', 'docs/security/README.md'])('%s', (page) => {
  it('names only what exists', () => {
    const text = readFileSync(join(ROOT, page), 'utf8');
    const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { scripts: Record<string, string> };
    const links = [...text.matchAll(/\]\(([\w./-]+)(?:#[^)]*)?\)/g)].map(([, to = '']) => join(dirname(page), to));
    expect(links.length).toBeGreaterThan(2);
    expect([...pathsIn(text), ...links].filter((path) => !isFile(path))).toEqual([]);
    expect(commandsIn(text).filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the checklist of ASVS', () => {
  const lines = linesOf(ASVS, ASVS_ID);
  const countsOf = (among: readonly Line[]): number[] => [
    among.length,
    ...STATES.map((state) => among.filter((line) => line.state.split(':')[0] === state).length),
  ];
  const chapters = ASVS_LINES.map((_, index) => lines.filter(({ id }) => id.startsWith(`${index + 1}.`)));

  it('has every requirement of levels 1 and 2', () => {
    expect(chapters.map((chapter) => chapter.length)).toEqual(ASVS_LINES);
  });

  it('counts in its summary what its lines say', () => {
    const told = rowsOf(ASVS)
      .filter(([first = '']) => /^(V\d+ |all$)/.test(first))
      .map(([first = '', ...counts]) => [first.split(' ')[0], ...counts.map(Number)]);
    expect(told).toEqual([...chapters.map((chapter, index) => [`V${index + 1}`, ...countsOf(chapter)]), ['all', ...countsOf(lines)]]);
  });

  it('puts gaps alone among those to be closed', () => {
    const [, gaps = ''] = /## What the gaps mean([^]*?)## V1 /.exec(readFileSync(join(ROOT, ASVS), 'utf8')) ?? [];
    const named = [...gaps.matchAll(/\b\d+\.\d+\.\d+\b/g)].map(([id]) => id);
    expect(named.length).toBeGreaterThan(4);
    expect(named.filter((id) => !/^(partly|not yet)/.test(lines.find((line) => line.id === id)?.state ?? ''))).toEqual([]);
  });
});
