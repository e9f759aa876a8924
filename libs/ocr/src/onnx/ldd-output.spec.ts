import { describeNeeds, parseLdd } from './ldd-output';

const COMPLETE = `
	linux-vdso.so.1 (0x00007ffd5a3f2000)
	libcublas.so.12 => /usr/local/cuda/lib64/libcublas.so.12 (0x00007f6a40000000)
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f6a3f000000)
	/lib64/ld-linux-x86-64.so.2 (0x00007f6a60000000)
`;

const INCOMPLETE = `./libonnxruntime_providers_cuda.so: /lib/x86_64-linux-gnu/libstdc++.so.6: version \`GLIBCXX_3.4.32' not found (required by ./libonnxruntime_providers_cuda.so)
./libonnxruntime_providers_cuda.so: /lib/x86_64-linux-gnu/libc.so.6: version \`GLIBC_2.38' not found (required by ./libonnxruntime_providers_cuda.so)
	linux-vdso.so.1 (0x00007ffd5a3f2000)
	libcublasLt.so.12 => not found
	libcudnn.so.9 => not found
	libcudart.so.12 => /usr/local/cuda/lib64/libcudart.so.12 (0x00007f6a3e000000)
	libcudnn.so.9 => not found
	libc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f6a3f000000)
`;

describe('the output of ldd', () => {
  it('says nothing when every library is there', () => {
    expect(parseLdd(COMPLETE)).toEqual({ libraries: [], versions: [] });
    expect(describeNeeds(parseLdd(COMPLETE))).toBeUndefined();
    expect(parseLdd('\tstatically linked\n')).toEqual({ libraries: [], versions: [] });
  });

  it('names each missing library once, and versions that are too old', () => {
    expect(parseLdd(INCOMPLETE)).toEqual({
      libraries: ['libcublasLt.so.12', 'libcudnn.so.9'],
      versions: ['GLIBCXX_3.4.32', 'GLIBC_2.38'],
    });
  });

  it('says library and version in words', () => {
    expect(describeNeeds({ libraries: ['libcudnn.so.9', 'libcuda.so'], versions: ['GLIBC_2.38'] })).toBe(
      "missing libcudnn version 9 (libcudnn.so.9), libcuda.so, GLIBC_2.38 of the system's library",
    );
  });
});
