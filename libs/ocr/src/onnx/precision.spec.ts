import { checkedPrecision, precisionFor } from './precision';

const cpuInfo = (flags: string) =>
  `processor\t: 0\nmodel name\t: some CPU\nflags\t\t: fpu sse2 ${flags} hypervisor\nbugs\t\t: avx_vnni_is_no_bug\n`;

describe('precisionFor', () => {
  it.each(['avx2 avx512f avx512_vnni', 'avx2 avx_vnni'])('multiplies in integers with %s', (flags) => {
    expect(precisionFor({ platform: 'linux x64', cpuInfo: cpuInfo(flags) })).toBe('int8');
  });

  it.each([
    ['linux x64', cpuInfo('avx2 avx512f')],
    ['linux x64', ''],
    ['linux arm64', 'Features\t: fp asimd asimddp\n'],
    ['win32 x64', cpuInfo('avx512_vnni')],
  ])('stays as published on %s without', (platform, info) => {
    expect(precisionFor({ platform, cpuInfo: info })).toBe('float32');
  });

  it('is what is asked for where the pack can have it, and nothing unknown', () => {
    const [able, unable] = [{ name: 'new', int8: true }, { name: 'old' }];
    const asked = ['float32', 'int8', undefined] as const;
    expect(asked.map((precision) => checkedPrecision(precision, able))).toEqual(['float32', 'int8', precisionFor()]);
    expect([checkedPrecision('float32', unable), checkedPrecision(undefined, unable)]).toEqual(['float32', 'float32']);
    expect(() => checkedPrecision('int8', unable)).toThrow('the model pack old cannot be read in int8');
    expect(() => checkedPrecision('int4' as never, able)).toThrow(RangeError);
  });

  it('tells of this machine', () => {
    expect(['int8', 'float32']).toContain(precisionFor());
  });
});
