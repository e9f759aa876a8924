import { createHistogram } from 'node:perf_hooks';
import { threadCoreMs } from '../thread-core-time';
import { StallWatch } from './stall-watch';
import { stallsOf } from './stalls';

describe('stallsOf', () => {
  it('takes off what the timer was asked to wait', () => {
    const histogram = createHistogram();
    for (let tick = 0; tick < 990; tick++) histogram.record(1_000_000);
    for (let tick = 0; tick < 10; tick++) histogram.record(13_000_000);
    const { longestMs, p99Ms, p999Ms, ticks } = stallsOf(histogram, 1e6, 1);
    expect([Math.round(longestMs), Math.round(p99Ms), Math.round(p999Ms), ticks]).toEqual([12, 0, 12, 1000]);
  });

  it('knows no stall where nothing was recorded', () => {
    expect(stallsOf(createHistogram(), 1e6, 1)).toEqual({ longestMs: 0, p99Ms: 0, p999Ms: 0, ticks: 0 });
  });
});

/** Real: the timers of this thread. */
describe('StallWatch', () => {
  it('sees this thread at work, by both ways and in core time', async () => {
    const watch = new StallWatch();
    await new Promise((resolve) => setTimeout(resolve, 20));
    // By the work done, not by the clock: another process may have the core meanwhile.
    const end = threadCoreMs() + 60;
    while (threadCoreMs() < end);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(watch.takeLongestMs()).toBeGreaterThan(50);
    expect(watch.takeLongestMs()).toBe(0);
    const { monitor, timer, core, worst, tooLong } = watch.stop();
    expect(monitor.longestMs).toBeGreaterThan(50);
    expect(timer.longestMs).toBeGreaterThan(50);
    expect(core.longestMs).toBeGreaterThan(50);
    expect(tooLong.byClock).toBeGreaterThanOrEqual(1);
    // A histogram keeps three digits.
    expect(worst[0]!.ms / timer.longestMs).toBeCloseTo(1, 2);
  });
});
