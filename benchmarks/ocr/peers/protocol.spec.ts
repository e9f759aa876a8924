import { parseMessage, peakRssMiB } from './protocol';

describe('parseMessage', () => {
  it('reads a page, with the model time of engines that know it', () => {
    const page = { type: 'page', seconds: 0.5, cpuSeconds: 1, lines: ['票据代码：31060126'] };
    expect(parseMessage(JSON.stringify(page))).toEqual(page);
    expect(parseMessage(JSON.stringify({ ...page, modelSeconds: 0.9 }))).toEqual({ ...page, modelSeconds: 0.9 });
  });

  it('reads a batch', () => {
    const batch = { type: 'batch', seconds: 4.5, cpuSeconds: 8, pages: 8 };
    expect(parseMessage(JSON.stringify(batch))).toEqual(batch);
  });

  it.each(['', 'loading models …', '{"type":"page"}', '{"type":"page","seconds":0,"cpuSeconds":0,"lines":[]}', '{"type":"bye"}'])(
    'refuses %j',
    (line) => {
      expect(() => parseMessage(line)).toThrow();
    },
  );
});

describe('peakRssMiB', () => {
  it('finds the peak, not what is held now', () => {
    expect(peakRssMiB('Name:\tnode\nVmPeak:\t 9999 kB\nVmHWM:\t  614400 kB\nVmRSS:\t  1024 kB\n')).toBe(600);
  });

  it('is unknown where the kernel does not tell', () => {
    expect(peakRssMiB('Name:\tnode\n')).toBeUndefined();
  });
});
