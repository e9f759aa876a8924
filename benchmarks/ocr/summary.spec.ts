import { renderReport } from './report';
import { MARKS, type Mark } from './score';
import { quantile, summarize, type PageMeasure } from './summary';

function page(file: string, mode: string, ms: number, missed: Mark[] = []): PageMeasure {
  const found = Object.fromEntries(MARKS.map((mark) => [mark, !missed.includes(mark)])) as Record<Mark, boolean>;
  const score = { found, allElements: missed.length === 0, itemsFound: 3, items: 4 };
  return { file, mode, ms, detectMs: ms / 4, recognizeMs: ms / 2, modelMs: 600, turned: 0, lines: 40, score, allElementsRaw: file === 'a' };
}

const MEASURES = [page('a', 'photo', 400), page('b', 'photo', 200, ['check', 'payee']), page('c', 'clean', 300)];
const RUN = { pack: 'pack', workers: 2, pagesInHand: 4, coldStartMs: 1234, wallMs: 1500, cpuMs: 2250 };

describe('summarize', () => {
  it('counts by mode and in all', () => {
    const { modes } = summarize(MEASURES, RUN);
    expect(modes.map(({ mode, pages, allElements }) => [mode, pages, allElements])).toEqual([
      ['clean', 1, 1],
      ['photo', 2, 0.5],
      ['ALL', 3, 2 / 3],
    ]);
    expect(modes.at(-1)).toMatchObject({ meanMs: 300, p50Ms: 300, p95Ms: 400, items: 0.75 });
  });

  it('relates the run to its pages', () => {
    expect(summarize(MEASURES, RUN)).toMatchObject({ pagesPerSecond: 2, coreSecondsPerPage: 0.75, overModelTime: 1.25, linesPerPage: 40 });
  });
});

describe('quantile', () => {
  it('takes the nearest rank', () => {
    const values = Array.from({ length: 20 }, (_, index) => index + 1);
    expect([quantile(values, 0.5), quantile(values, 0.95), quantile([7], 0.95), quantile([], 0.5)]).toEqual([10, 19, 7, 0]);
  });
});

describe('renderReport', () => {
  it('prints a row a mode and names what was missed', () => {
    const report = renderReport(summarize(MEASURES, RUN), MEASURES);
    expect(report).toContain('| photo | 2 | 50.0 % |');
    expect(report).toContain(
      "2.00 pages/s with 4 pages in hand, 0.750 core-seconds a page, 80 % of it inside the models (1.25 times the models' own)",
    );
    expect(report).toContain('cold start 1.2 s');
    expect(report).toContain('without what known shapes prefer: 33.3 %');
    expect(report).toContain('b: check, payee not found');
    expect(report).not.toContain('a: ');
  });
});
