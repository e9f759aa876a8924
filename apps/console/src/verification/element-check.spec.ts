import type { ElementName } from '@app/contracts';
import { canonicalElement, isValidElement } from './element-check';

describe('isValidElement', () => {
  it.each<[ElementName, string, boolean]>([
    ['billCode', '00010120', true],
    ['billCode', '3206012', false],
    ['billNumber', '0022739009', true],
    ['billNumber', '22739009', false],
    ['checkCode', 'qfmejx', true],
    ['checkCode', '656aa', false],
    ['issueDate', '2026-02-28', true],
    ['issueDate', '2026-02-30', false],
    ['totalAmount', '486.20', true],
    ['totalAmount', '486.2', false],
    ['totalAmount', '', false],
  ])('%s %p is %s', (name, text, expected) => {
    expect(isValidElement(name, text)).toBe(expected);
  });
});

describe('canonicalElement', () => {
  it.each<[ElementName, string, string]>([
    ['billCode', ' ３２０６０１２６ ', '32060126'],
    ['billNumber', '0019 304458', '0019304458'],
    ['totalAmount', '￥23,689.46', '23689.46'],
    ['totalAmount', '486元', '486.00'],
    ['totalAmount', '486.2', '486.20'],
    ['totalAmount', '2，000．00', '2000.00'],
    ['issueDate', '2026年4月9日', '2026-04-09'],
    ['issueDate', '2026/04/09', '2026-04-09'],
    ['issueDate', '20260409', '2026-04-09'],
  ])('spells %s %p as %p', (name, typed, expected) => {
    expect(canonicalElement(name, typed)).toBe(expected);
  });

  it('keeps letters and case of a check code', () => {
    expect(canonicalElement('checkCode', ' 5D07ea')).toBe('5D07ea');
  });

  it.each<[ElementName, string]>([
    ['totalAmount', '486.205'],
    ['totalAmount', '肆佰元'],
    ['issueDate', '2026111'],
    ['issueDate', '昨天'],
  ])('leaves %s %p as typed', (name, typed) => {
    expect(canonicalElement(name, typed)).toBe(typed);
    expect(isValidElement(name, typed)).toBe(false);
  });
});
