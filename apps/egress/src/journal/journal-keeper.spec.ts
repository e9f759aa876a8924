import { JournalKeeper } from './journal-keeper';
import type { PackingReport } from './journal-packing';

const REPORT: PackingReport = { packed: 3, kept: 5, spoilt: 0, oldestAt: Date.UTC(2026, 10, 1), bytes: 4_096 };

describe('the keeper of the journal', () => {
  const lines: Record<string, unknown>[] = [];
  const hear = (line: unknown) => lines.push(line as Record<string, unknown>);
  const logger = { log: hear, error: hear, warn: hear };
  let rounds: (() => Promise<PackingReport>)[];
  let signals: AbortSignal[];
  let keeper: JournalKeeper;

  beforeEach(() => {
    jest.useFakeTimers({ now: Date.UTC(2026, 10, 26) });
    lines.length = 0;
    signals = [];
    const run = (signal: AbortSignal): Promise<PackingReport> => {
      signals.push(signal);
      return rounds.shift()?.() ?? Promise.resolve(REPORT);
    };
    keeper = new JournalKeeper({ run }, logger);
  });
  afterEach(() => jest.useRealTimers());

  it('goes through it again and again, and remembers the last time, however many failed before', async () => {
    rounds = [() => Promise.reject(new Error('no space'))];
    keeper.start();
    expect(keeper.lastRound).toBeNull();
    await jest.advanceTimersByTimeAsync(60_000);
    expect(keeper.lastRound).toBeNull();
    expect(lines).toEqual([{ msg: 'old attempts could not be packed: they stay', err: new Error('no space') }]);
    await jest.advanceTimersByTimeAsync(6 * 3_600_000);
    expect(keeper.lastRound).toEqual({ ...REPORT, foundAt: Date.now() });
    expect(lines.at(-1)).toEqual({ msg: 'the journal was gone through', count: 3, kept: 5, sizeB: 4_096 });
    await keeper.stop();
    await jest.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(signals).toHaveLength(2);
  });

  it('stops in the middle, and believes no round that was broken off', async () => {
    rounds = [
      () =>
        new Promise((resolve) => {
          signals[0]!.addEventListener('abort', () => resolve({ ...REPORT, kept: 0 }));
        }),
    ];
    keeper.start();
    await jest.advanceTimersByTimeAsync(60_000);
    await keeper.stop();
    expect([keeper.lastRound, lines]).toEqual([null, []]);
    await jest.advanceTimersByTimeAsync(24 * 3_600_000);
    expect(signals).toHaveLength(1);
  });
});
