import { PageMemory } from './page-memory';

const page = (width: number, value: number) => ({ width, height: 1, rgb: new Uint8Array(width * 3).fill(value) });

describe('PageMemory', () => {
  it('uses what was released for the next page that fits', async () => {
    const memory = new PageMemory(2);
    const first = await memory.share(page(8, 1));
    memory.release(first);
    const second = await memory.share(page(4, 2));
    expect(second.rgb.buffer).toBe(first.rgb.buffer);
    expect(Array.from(second.rgb)).toEqual(Array<number>(12).fill(2));
    memory.release(second);
    expect((await memory.share(page(9, 3))).rgb.buffer).not.toBe(first.rgb.buffer);
  });

  it('never gives two pages the same memory', async () => {
    const memory = new PageMemory(2);
    memory.release(await memory.share(page(8, 1)));
    expect((await memory.share(page(8, 1))).rgb.buffer).not.toBe((await memory.share(page(8, 2))).rgb.buffer);
  });

  it('keeps the largest, and no more than it may', async () => {
    const memory = new PageMemory(1);
    const [small, large] = [await memory.share(page(2, 1)), await memory.share(page(8, 2))];
    memory.release(large);
    memory.release(small);
    expect((await memory.share(page(1, 3))).rgb.buffer).toBe(large.rgb.buffer);
    expect((await memory.share(page(1, 4))).rgb.buffer).not.toBe(small.rgb.buffer);
  });

  it('takes a page back once, however often it is told', async () => {
    const memory = new PageMemory(3);
    const first = await memory.share(page(8, 1));
    memory.release(first);
    memory.release(first);
    expect((await memory.share(page(8, 1))).rgb.buffer).not.toBe((await memory.share(page(8, 2))).rgb.buffer);
  });

  it('leaves shared pixels where they are and never takes them for its own', async () => {
    const memory = new PageMemory(1);
    const rgb = new Uint8Array(new SharedArrayBuffer(3));
    const shared = await memory.share({ width: 1, height: 1, rgb });
    expect(shared.rgb).toBe(rgb);
    memory.release(shared);
    expect((await memory.share(page(1, 1))).rgb.buffer).not.toBe(rgb.buffer);
  });

  it('can be given the memory of a turned page', async () => {
    const memory = new PageMemory(1);
    const rgb = new Uint8Array(new SharedArrayBuffer(3));
    memory.adopt({ width: 1, height: 1, rgb });
    expect((await memory.share(page(1, 1))).rgb.buffer).toBe(rgb.buffer);
  });

  it('copies a large page whole, and lets the thread do other things meanwhile', async () => {
    const rgb = Uint8Array.from({ length: 3 * 1_500_000 }, (_, index) => index % 251);
    let isServed = false;
    setImmediate(() => (isServed = true));
    const shared = await new PageMemory(1).share({ width: 1_500_000, height: 1, rgb });
    expect(isServed).toBe(true);
    expect(Buffer.compare(shared.rgb, rgb)).toBe(0);
  });
});
