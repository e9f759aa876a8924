import { inHand } from './in-hand';

describe('inHand', () => {
  it('keeps so many begun, never more, and does each once', async () => {
    let begun = 0;
    let most = 0;
    const done: number[] = [];
    await inHand(10, 3, async (index) => {
      most = Math.max(most, ++begun);
      await new Promise((resolve) => setImmediate(resolve));
      begun--;
      done.push(index);
    });
    expect(most).toBe(3);
    expect(done.sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('begins nothing more once one has failed', async () => {
    const begun: number[] = [];
    const failing = inHand(10, 2, async (index) => {
      begun.push(index);
      await new Promise((resolve) => setImmediate(resolve));
      if (index === 1) throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun.length).toBeLessThanOrEqual(3);
  });
});
