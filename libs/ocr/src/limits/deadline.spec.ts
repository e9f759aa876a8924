import { once } from 'node:events';
import { beforeDeadline } from './deadline';

/** Work that only ends by being called off. */
async function forever(signal: AbortSignal): Promise<never> {
  if (!signal.aborted) await once(signal, 'abort');
  throw signal.reason as Error;
}

describe('beforeDeadline', () => {
  it('passes on what the work gives, or its failure', async () => {
    await expect(beforeDeadline(1000, undefined, () => Promise.resolve(7))).resolves.toBe(7);
    await expect(beforeDeadline(1000, undefined, () => Promise.reject(new TypeError('no')))).rejects.toThrow(TypeError);
  });

  it('calls the work off when its time is over', async () => {
    await expect(beforeDeadline(5, undefined, forever)).rejects.toMatchObject({ name: 'OcrDeadlineError', deadlineMs: 5 });
    await expect(beforeDeadline(5, new AbortController().signal, forever)).rejects.toMatchObject({ name: 'OcrDeadlineError' });
  });

  it("calls the work off with the caller's reason when the caller does", async () => {
    const controller = new AbortController();
    const work = beforeDeadline(60_000, controller.signal, forever);
    controller.abort(new Error('withdrawn'));
    await expect(work).rejects.toThrow('withdrawn');
  });

  it('leaves no timer behind', async () => {
    const before = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
    await beforeDeadline(60_000, undefined, () => Promise.resolve());
    expect(process.getActiveResourcesInfo().filter((name) => name === 'Timeout')).toHaveLength(before);
  });
});
