import { type InferenceSession, Tensor } from 'onnxruntime-node';
import { ModelSession, type SessionDevice } from './session';
import { shapeBuckets } from './shape-buckets';

/** Plays the runtime: notes the shapes it is run in, and answers a map that repeats the first plane, or one step a column block. */
function runtime(kind: 'map' | 'steps') {
  const shapes: string[] = [];
  const opened: InferenceSession.SessionOptions[] = [];
  const session = {
    inputNames: ['x'],
    outputNames: ['y'],
    run: (feeds: Record<string, Tensor>) => {
      const input = feeds.x!;
      const [, , height = 0, width = 0] = input.dims;
      shapes.push(`${height}x${width}`);
      const plane = (input.data as Float32Array).slice(0, height * width);
      const steps = Int32Array.from({ length: width / 8 }, (_, step) => plane[step * 8]!);
      const y = kind === 'map' ? new Tensor('float32', plane, [1, 1, height, width]) : new Tensor('int32', steps, [1, steps.length, 1]);
      return Promise.resolve({ y });
    },
  } as unknown as InferenceSession;
  const create: SessionDevice['create'] = (_model, options) => {
    opened.push(options);
    return Promise.resolve(session);
  };
  return { shapes, opened, create };
}

const numbered = (height: number, width: number) => Float32Array.from({ length: 3 * height * width }, (_, index) => index % 8191);
const namesOf = (role: 'det' | 'rec') => shapeBuckets(role).map(({ height, width }) => `${height}x${width}`);

describe('a session on CUDA', () => {
  it.each(['det', 'rec'] as const)('has run the %s model in every shape before it is used', async (role) => {
    const { create, shapes, opened } = runtime(role === 'det' ? 'map' : 'steps');
    await ModelSession.load(role, 'test', new Uint8Array(), { provider: 'cuda', create });
    expect(shapes).toEqual(namesOf(role));
    expect(opened).toEqual([expect.objectContaining({ executionProviders: ['cuda'] })]);
  });

  it('runs no other shapes, and answers for the input alone', async () => {
    const { create, shapes } = runtime('map');
    const session = await ModelSession.load('det', 'test', new Uint8Array(), { provider: 'cuda', create });
    const image = numbered(672, 960);
    const [map] = await session.run(image, 672, 960);
    expect(namesOf('det')).toContain(shapes.at(-1));
    expect(map!.dims).toEqual([1, 1, 672, 960]);
    expect(map!.data as Float32Array).toEqual(image.subarray(0, 672 * 960));
  });

  it("keeps a line's own steps", async () => {
    const { create, shapes } = runtime('steps');
    const session = await ModelSession.load('rec', 'test', new Uint8Array(), { provider: 'cuda', create });
    const [steps] = await session.run(numbered(48, 200), 48, 200);
    expect(shapes.at(-1)).toBe('48x240');
    expect([...(steps!.data as Int32Array)]).toEqual(Array.from({ length: 25 }, (_, step) => step * 8));
    expect(steps!.type).toBe('int32');
  });

  it('refuses an input that no warmed shape holds', async () => {
    const { create, shapes } = runtime('steps');
    const session = await ModelSession.load('rec', 'test', new Uint8Array(), { provider: 'cuda', create });
    const warmed = shapes.length;
    const error: unknown = await session.run(numbered(48, 3208), 48, 3208).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'OcrError', stage: 'recognize', shape: [1, 3, 48, 3208] });
    expect(shapes).toHaveLength(warmed);
  });

  it('says that it does not load when the runtime has no such provider', async () => {
    const create = () => Promise.reject(new Error('libcudnn.so.9: cannot open shared object file'));
    await expect(ModelSession.load('det', 'test', new Uint8Array(), { provider: 'cuda', create })).rejects.toMatchObject({
      name: 'OcrError',
      stage: 'start',
      cause: expect.objectContaining({ message: expect.stringContaining('libcudnn') as string }) as Error,
    });
  });
});

describe('a session on the CPU', () => {
  it('runs the very shape it is given, and warms none', async () => {
    const { create, shapes, opened } = runtime('steps');
    const session = await ModelSession.load('rec', 'test', new Uint8Array(), { provider: 'cpu', create });
    await session.run(numbered(48, 200), 48, 200);
    expect(shapes).toEqual(['48x200']);
    expect(opened).toEqual([expect.objectContaining({ executionProviders: ['cpu'] })]);
  });
});
