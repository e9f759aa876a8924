import { type CudaProbe, thisMachine, whyNoCuda } from './cuda-check';

const probe = (changes: Partial<CudaProbe> = {}): CudaProbe => ({
  platform: 'linux x64',
  library: 'bin/libonnxruntime_providers_cuda.so',
  exists: () => true,
  ldd: () => Promise.resolve('\tlibc.so.6 => /lib/libc.so.6 (0x00)\n'),
  ...changes,
});

describe('whyNoCuda', () => {
  it('has nothing against a machine with every library', async () => {
    expect(await whyNoCuda(probe())).toBeUndefined();
  });

  it('says where CUDA is not offered', async () => {
    expect(await whyNoCuda(probe({ platform: 'linux arm64' }))).toContain('not for linux arm64');
  });

  it('says which file is to be put where', async () => {
    expect(await whyNoCuda(probe({ exists: () => false }))).toContain('bin/libonnxruntime_providers_cuda.so is missing');
  });

  it('names the missing library and its version', async () => {
    const ldd = (path: string) => Promise.resolve(`${path}:\n\tlibcudnn.so.9 => not found\n`);
    expect(await whyNoCuda(probe({ ldd }))).toContain('libcudnn version 9');
  });

  it('leaves it to the runtime where there is no ldd', async () => {
    expect(await whyNoCuda(probe({ ldd: () => Promise.resolve(undefined) }))).toBeUndefined();
  });
});

// Real: ldd, where there is one, on the library that Node itself is.
describe('thisMachine', () => {
  it('looks beside the installed runtime', () => {
    expect(thisMachine().library).toMatch(/onnxruntime-node.bin.napi-v6.*libonnxruntime_providers_cuda\.so$/);
  });

  it('asks ldd without failing, whatever the file', async () => {
    const { ldd } = thisMachine();
    expect(['string', 'undefined']).toContain(typeof (await ldd(process.execPath)));
    expect(['string', 'undefined']).toContain(typeof (await ldd('no-such-file.so')));
  });
});
