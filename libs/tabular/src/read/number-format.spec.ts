import { numberKind } from './number-format';

describe('numberKind', () => {
  it.each([
    [0, undefined, 'plain'],
    [14, undefined, 'date'],
    [31, undefined, 'date'],
    [11, undefined, 'scientific'],
    [164, '@', 'plain'],
    [165, 'yyyy-mm-dd', 'date'],
    [166, 'yyyy"年"m"月"d"日";@', 'date'],
    [167, '[$-804]yyyy/m/d', 'date'],
    [168, '#,##0.00_);[Red](#,##0.00)', 'plain'],
    [169, '"day" 0', 'plain'],
    [170, '0.00E+00', 'scientific'],
    [171, 'General', 'plain'],
    [172, '"¥"#,##0.00', 'plain'],
  ] as const)('takes %d %s for %s', (id, code, kind) => {
    expect(numberKind(id, code)).toBe(kind);
  });
});
