import { formatResult, runChecks } from './check';

describe('runChecks', () => {
  it('goes on after a check that throws, and calls it failed', async () => {
    const results = await runChecks([
      { name: 'models', run: () => Promise.reject(new Error('no such folder')) },
      { name: 'runtime', run: () => Promise.resolve({ state: 'ok', detail: 'Node.js 24' }) },
    ]);
    expect(results).toEqual([
      { name: 'models', state: 'fail', detail: 'no such folder', advice: 'give this line to support' },
      { name: 'runtime', state: 'ok', detail: 'Node.js 24' },
    ]);
  });
});

describe('formatResult', () => {
  it('puts the advice below the finding', () => {
    expect(formatResult({ name: 'models', state: 'fail', detail: 'missing', advice: 'run npm run models' })).toBe(
      '✘ models: missing\n    → run npm run models',
    );
  });
});
