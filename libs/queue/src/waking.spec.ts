import { Waking } from './waking';

const LONG_MS = 3_600_000;

describe('Waking', () => {
  it('ends a sleep early', async () => {
    const waking = new Waking();
    const sleep = waking.after(0, LONG_MS);
    setTimeout(() => waking.wake(), 5);
    await sleep;
  });

  it('remembers a call that came while nobody slept, once', async () => {
    const waking = new Waking();
    waking.wake();
    await waking.after(0, LONG_MS);
    const begun = performance.now();
    await waking.after(0, 50);
    expect(performance.now() - begun).toBeGreaterThan(45);
  });

  it('sleeps its least time although it was called', async () => {
    const waking = new Waking();
    const begun = performance.now();
    waking.wake();
    await waking.after(30, LONG_MS);
    expect(performance.now() - begun).toBeGreaterThan(25);
  });
});
