import { isGoalMet, renderCrypto } from './crypto-report';

const times = (suite: string, ms: number[]) => ({ suite, what: 'seal', ms, coreMs: ms });

describe('the report of the crypto benchmark', () => {
  it('tells quantiles whatever the order of the runs, and throughput at the median', () => {
    const text = renderCrypto({
      ...{ megabytes: 5, howTaken: ['alone'] },
      images: [times('standard', [9, 5, 1])],
      rates: [{ suite: 'sm', what: 'sign', value: 965.6, unit: 'a second' }],
    });
    expect(text).toContain('| seal | standard | 3 | 5.0 | 9.0 | 9.0 | 5.0 | 1000 |');
    expect(text).toContain('| sign | sm | 966 a second |');
    expect(text).toContain('to seal and to open: met');
  });

  it('holds standard alone to the goal, and nothing measured is no goal met', () => {
    expect(isGoalMet([times('standard', [30]), times('sm', [99])])).toBe(true);
    expect(isGoalMet([times('standard', [30]), times('standard', [30.1])])).toBe(false);
    expect(isGoalMet([times('sm', [1])])).toBe(false);
  });
});
