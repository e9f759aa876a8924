import { existsSync } from 'node:fs';
import { drawPage } from '../test/draw-page';
import { openEngine } from '../test/open-engine';
import { OcrProviderError } from '.';
import { thisMachine } from './onnx/cuda-check';

/** Real: the runtime as installed, on a machine without its CUDA library. Where that library is, other answers are right. */
const describeWithoutCuda = existsSync(thisMachine().library) ? describe.skip : describe;

describeWithoutCuda('execution providers', () => {
  it('are the CPU unless told', async () => {
    const engine = await openEngine();
    expect([engine.provider, engine.refusedProviders]).toEqual(['cpu', []]);
    await engine.close();
  });

  it('step down to the CPU where they may, say why, and read', async () => {
    const engine = await openEngine({ providers: ['cuda', 'cpu'] });
    expect(engine.provider).toBe('cpu');
    expect(engine.refusedProviders).toEqual([{ provider: 'cuda', reason: expect.stringMatching(/CUDA/) as string }]);
    const page = await engine.read(await drawPage(400, 100, [{ text: '1000.00', x: 40, y: 60 }]));
    expect(page.lines.map(({ text }) => text)).toEqual(['1000.00']);
    await engine.close();
  });

  it('refuse to start when a GPU is demanded', async () => {
    const error: unknown = await openEngine({ providers: ['cuda'] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(OcrProviderError);
    expect(error).toMatchObject({ refused: [{ provider: 'cuda' }] });
  });

  it('are known ones', async () => {
    await expect(openEngine({ providers: ['tpu'] as never })).rejects.toThrow(RangeError);
  });
});
