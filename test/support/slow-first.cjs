const jest = require.resolve('jest');
const { default: Sequencer } = require(require.resolve('@jest/test-sequencer', { paths: [jest] }));

/** What takes longest on an idle machine, a quarter of a minute and more, the longest first. */
const SLOW = [
  'test/hostile/hostile.spec.ts',
  'libs/queue/src/queue.db.spec.ts',
  'test/security/security.db.spec.ts',
  'apps/api/src/verification-batches/verification-batches.api.db.spec.ts',
  'test/fuzz/fuzz.spec.ts',
  'test/faults/worker-killed.e2e.spec.ts',
  'test/faults/receipt-survives.e2e.spec.ts',
  'benchmarks/made-up/made-up-document.spec.ts',
  'apps/api/src/receipts/receipts.api.db.spec.ts',
];

/**
 * Jest begins with what took longest the last time; a fresh checkout has no last time, and Jest takes the largest file first. Then the
 * slowest, which is a small file, comes late, and all processors but one wait for it.
 */
module.exports = class SlowFirst extends Sequencer {
  sort(tests) {
    const placeOf = ({ path }) => {
      const place = SLOW.findIndex((name) => path.endsWith(name));
      return place < 0 ? SLOW.length : place;
    };
    return [...super.sort(tests)].sort((one, other) => placeOf(one) - placeOf(other));
  }
};
