import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(__dirname, '../..');
const COLUMNS = 4;
const STATE = /^(held|(partly|not yet|does not apply): \S.*)$/;

interface Line {
  id: string;
  demand: string;
  proof: string;
  state: string;
}

/** The lines of a page's tables whose first cell is the id of a demand. */
function linesOf(page: string, id: RegExp): Line[] {
  return readFileSync(join(ROOT, page), 'utf8')
    .split('\n')
    .map((text) =>
      text
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
    .filter((cells) => id.test(cells[0] ?? ''))
    .map((cells) => {
      expect([cells[0], cells.length]).toEqual([cells[0], COLUMNS]);
      const [first = '', demand = '', proof = '', state = ''] = cells;
      return { id: first, demand, proof, state };
    });
}

const pathsIn = (proof: string): string[] =>
  [...proof.matchAll(/`((?:apps|libs|test|benchmarks|docker|helm|\.ci)\/?[^`]*)`/g)].map(([, path]) => path ?? '');
const commandsIn = (proof: string): string[] => [...proof.matchAll(/`npm run ([\w:]+)[^`]*`/g)].map(([, name]) => name ?? '');

describe.each([
  ['docs/compliance.md', /^REQ-[A-Z]+-\d+$/],
  ['docs/security/asvs.md', /^\d+\.\d+\.\d+$/],
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
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${line.id}: ${path}`),
      ...commandsIn(line.proof)
        .filter((name) => !(name in scripts))
        .map((name) => `${line.id}: npm run ${name}`),
    ]);
    expect(missing).toEqual([]);
  });
});
