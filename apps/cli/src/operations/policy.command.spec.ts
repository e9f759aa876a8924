import { parseProvider, parseQuota, parseYuan } from './policy.command';

describe('what an operator types for a policy', () => {
  it('is money in 分, exactly', () => {
    expect(['0', '12', '12.5', '12.05', '999999999999.99', 'none'].map(parseYuan)).toEqual([
      0n,
      1200n,
      1250n,
      1205n,
      99999999999999n,
      null,
    ]);
    for (const wrong of ['', '1.234', '-1', '1e3', '1,000', '¥5']) expect(() => parseYuan(wrong)).toThrow('two decimals');
  });

  it('is a whole number of calls, or none', () => {
    expect(['0', '500', 'none'].map(parseQuota)).toEqual([0, 500, null]);
    for (const wrong of ['', '-1', '1.5', 'many']) expect(() => parseQuota(wrong)).toThrow('whole number');
  });

  it('is a provider that exists, or the default', () => {
    expect(['netocr', 'jumdata', 'default'].map(parseProvider)).toEqual(['netocr', 'jumdata', null]);
    expect(() => parseProvider('another')).toThrow('netocr, jumdata');
  });
});
