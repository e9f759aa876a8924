import { PageMemory } from './page-memory';

const page = (width: number, value: number) => ({ width, height: 1, rgb: new Uint8Array(width * 3).fill(value) });

describe('PageMemory', () => {
  it('uses what was released for the next page that fits', () => {
    const memory = new PageMemory(2);
    const first = memory.share(page(8, 1));
    memory.release(first);
    const second = memory.share(page(4, 2));
    expect(second.rgb.buffer).toBe(first.rgb.buffer);
    expect(Array.from(second.rgb)).toEqual(Array<number>(12).fill(2));
    memory.release(second);
    expect(memory.share(page(9, 3)).rgb.buffer).not.toBe(first.rgb.buffer);
  });

  it('never gives two pages the same memory', () => {
    const memory = new PageMemory(2);
    memory.release(memory.share(page(8, 1)));
    expect(memory.share(page(8, 1)).rgb.buffer).not.toBe(memory.share(page(8, 2)).rgb.buffer);
  });

  it('keeps the largest, and no more than it may', () => {
    const memory = new PageMemory(1);
    const [small, large] = [memory.share(page(2, 1)), memory.share(page(8, 2))];
    memory.release(large);
    memory.release(small);
    expect(memory.share(page(1, 3)).rgb.buffer).toBe(large.rgb.buffer);
    expect(memory.share(page(1, 4)).rgb.buffer).not.toBe(small.rgb.buffer);
  });

  it('takes a page back once, however often it is told', () => {
    const memory = new PageMemory(3);
    const first = memory.share(page(8, 1));
    memory.release(first);
    memory.release(first);
    expect(memory.share(page(8, 1)).rgb.buffer).not.toBe(memory.share(page(8, 2)).rgb.buffer);
  });

  it('leaves shared pixels where they are and never takes them for its own', () => {
    const memory = new PageMemory(1);
    const rgb = new Uint8Array(new SharedArrayBuffer(3));
    const shared = memory.share({ width: 1, height: 1, rgb });
    expect(shared.rgb).toBe(rgb);
    memory.release(shared);
    expect(memory.share(page(1, 1)).rgb.buffer).not.toBe(rgb.buffer);
  });

  it('can be given the memory of a turned page', () => {
    const memory = new PageMemory(1);
    const rgb = new Uint8Array(new SharedArrayBuffer(3));
    memory.adopt({ width: 1, height: 1, rgb });
    expect(memory.share(page(1, 1)).rgb.buffer).toBe(rgb.buffer);
  });
});
