import { DocumentError } from '../../document.error';
import { boundMemory } from './bound-memory';
import { loadPdfium } from './load-pdfium';

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return null;
}

describe('loadPdfium', () => {
  it('gives one instance as long as it is well', async () => {
    const first = await loadPdfium();
    expect(await loadPdfium()).toBe(first);
    expect(() =>
      first.run(() => {
        throw new DocumentError('damaged', 'a document of its own');
      }),
    ).toThrow('a document of its own');
    expect(await loadPdfium()).toBe(first);
  });

  it('makes another one after a trap, and runs nothing on the broken one', async () => {
    const first = await loadPdfium();
    const trap = () => {
      throw new WebAssembly.RuntimeError('unreachable');
    };
    expect(thrownBy(() => first.run(trap))).toMatchObject({ name: 'DocumentError', code: 'unsafe' });
    expect(thrownBy(() => first.run(() => 1))).toMatchObject({ name: 'DocumentError', code: 'unsafe' });
    const second = await loadPdfium();
    expect(second).not.toBe(first);
    expect(second.run(() => 1)).toBe(1);
  });

  it('gives 512 MiB and no more, and says so even where PDFium would have gone on', async () => {
    const first = await loadPdfium();
    expect(first.memoryBytes).toBeLessThan(100 * 2 ** 20);
    expect(() => first.run(() => first.call.malloc(600 * 2 ** 20))).toThrow(/memory/u);
    expect(first.memoryBytes).toBeLessThanOrEqual(512 * 2 ** 20);
    expect(await loadPdfium()).not.toBe(first);
  });

  it('gives up an instance that grew large when nothing is open on it', async () => {
    const first = await loadPdfium();
    first.retain();
    first.run(() => first.withBuffer(200 * 2 ** 20, () => undefined));
    expect(await loadPdfium()).toBe(first);
    first.release();
    const second = await loadPdfium();
    expect(second).not.toBe(first);
    expect(second.memoryBytes).toBeLessThan(100 * 2 ** 20);
  });
});

describe('boundMemory', () => {
  const program = (...sections: number[]) => Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, ...sections);
  const EXPORT = [7, 5, 1, 1, 0x6d, 2, 0];

  it('leaves a program a maximum that it cannot pass', async () => {
    const bounded = boundMemory(program(5, 5, 1, 1, 1, 0x80, 0x02, ...EXPORT), 3);
    const { instance } = await WebAssembly.instantiate(bounded);
    const memory = instance.exports['m'] as { grow(pages: number): number };
    expect(memory.grow(2)).toBe(1);
    expect(() => memory.grow(1)).toThrow();
  });

  it.each([
    ['has no memory', program(), 3],
    ['has memory without a maximum', program(5, 3, 1, 0, 1), 3],
    ['has no room for the maximum', program(5, 4, 1, 1, 1, 10), 1000],
    ['ends early', program(5, 5, 1), 3],
  ])('refuses a program that %s', (_, wasm, pages) => {
    expect(thrownBy(() => boundMemory(wasm, pages))).toMatchObject({ name: 'UnexpectedWasmError' });
  });
});
