import { MARKS, type Mark } from '../score';
import { compareRuns, type EnginePage, type EngineRun } from './comparison';
import { renderComparison } from './comparison-report';

function page(file: string, seconds: number, more: Partial<EnginePage> = {}, missed: Mark[] = []): EnginePage {
  const found = Object.fromEntries(MARKS.map((mark) => [mark, !missed.includes(mark)])) as Record<Mark, boolean>;
  const score = { found, allElements: !missed.includes('code'), itemsFound: 3, items: 4 };
  return { file, mode: 'photo', seconds, cpuSeconds: seconds * 2, lines: 40, score, ...more };
}

function run(name: string, pages: EnginePage[], more: Partial<EngineRun> = {}): EngineRun {
  return { name, detail: `${name} 1.0`, coldStartSeconds: 2.5, peakRssMiB: 600, pages, ...more };
}

const OWN = run('own', [
  page('a', 0.5, { modelSeconds: 0.8 }),
  page('b', 0.25, { modelSeconds: 0.4 }),
  page('c', 0.25, { modelSeconds: 0.4 }),
]);
const PEER = run('peer', [page('a', 1, {}, ['payee', 'code']), page('b', 1, { cpuSeconds: 4 }), page('c', 2)], { peakRssMiB: undefined });

describe('compareRuns', () => {
  it('sums up each engine', () => {
    const { engines } = compareRuns([OWN, PEER]);
    expect(engines[0]).toMatchObject({ pages: 3, allElements: 1, items: 0.75, p50Seconds: 0.25, p95Seconds: 0.5, pagesPerSecond: 3 });
    expect(engines[1]).toMatchObject({ allElements: 2 / 3, found: { payee: 2 / 3, payer: 1 } });
  });

  it('relates core time to the models, for engines that tell', () => {
    const { engines } = compareRuns([OWN, PEER]);
    expect(engines[0]?.overModelTime).toBeCloseTo(2 / 1.6);
    expect(engines[1]?.overModelTime).toBeUndefined();
  });

  it('measures the peers against the first, by pages and as a whole', () => {
    const [ratio] = compareRuns([OWN, PEER]).ratios;
    expect(ratio).toMatchObject({ name: 'peer', medianTime: 4, meanTime: 4, medianCoreTime: 8 });
    expect(ratio?.meanCoreTime).toBeCloseTo(10 / 2);
  });

  it('refuses engines that did not read the same pages', () => {
    expect(() => compareRuns([OWN, run('peer', PEER.pages.toReversed())])).toThrow('peer did not read a when own did');
  });
});

describe('renderComparison', () => {
  it('prints what was read, the cost and the ratios', () => {
    const report = renderComparison(compareRuns([OWN, PEER])).split('\n');
    expect(report).toContain('| peer | 3 | 66.7 % | 100.0 % | 100.0 % | 66.7 % | 75.0 % |');
    expect(report).toContain('| own | 0.33 | 0.25 | 0.50 | 3.00 | 0.67 | 1.25 | 600 | 2.5 |');
    expect(report).toContain('| peer | 4.00 | 4.00 | 8.00 | 5.00 |');
    expect(report).toContain('- peer: peer 1.0');
  });

  it('does not make up what was not measured', () => {
    expect(renderComparison(compareRuns([OWN, PEER]))).toContain('| 3.33 | – | – | 2.5 |');
  });
});
