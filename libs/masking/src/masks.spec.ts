import fc from 'fast-check';
import { hide } from './hide';
import { hideAddress } from './hide-address';
import { maskCode } from './mask-code';
import { maskCorrection, meantValue } from './mask-correction';
import { maskEvidence } from './mask-evidence';
import { maskField } from './mask-field';
import { maskName } from './mask-name';
import { maskPhone } from './mask-phone';
import { isOrganisationName } from './organisation-name';

const SEED = { seed: 20261126, numRuns: 500 };
const visible = (text: string): number => Array.from(text).filter((letter) => letter !== '*').length;
/** Any text, with Chinese and other letters of several code units among it. */
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: fc.constantFrom('张', '欧', '阳', '𠮷', '·', '*', 'é', '7', ' '), maxLength: 12 }),
);

describe('a name', () => {
  it.each([
    ['张三', '张*'],
    ['张三丰', '张**'],
    ['欧阳娜娜', '欧阳**'],
    ['欧阳', '欧*'],
    ['买买提·吐尔逊', '买***'],
    ['John Smith', 'J***'],
    ['𠮷田', '𠮷*'],
    ['张', '*'],
    ['', ''],
    ['*', '*'],
    ['示例市第一医院', '示例市第一医院'],
    ['示例科技有限公司（分公司）', '示例科技有限公司（分公司）'],
    ['张公司', '张**'],
  ])('%s is shown as %s', (name, shown) => expect(maskName(name)).toBe(shown));

  it('of a person never shows more than a surname', () => {
    fc.assert(
      fc.property(
        anyText.filter((name) => !isOrganisationName(name)),
        (name) => {
          const shown = maskName(name);
          expect(visible(shown)).toBeLessThanOrEqual(2);
          expect(Array.from(shown).length).toBeLessThanOrEqual(5);
          expect(shown.isWellFormed()).toBe(true);
        },
      ),
      SEED,
    );
  });
});

describe('a number', () => {
  it.each([
    ['330102199001010021', '**************0021'],
    ['6222 0200 1234 5678', '************5678'],
    ['1234567', '*******'],
    ['', ''],
  ])('%s is shown as %s', (code, shown) => expect(maskCode(code)).toBe(shown));

  it.each([
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['010-88886666', '*******6666'],
    ['110', '***'],
  ])('to call, %s, is shown as %s', (phone, shown) => expect(maskPhone(phone)).toBe(shown));

  it('never shows more than its last four characters, and of a mobile one its first three', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(visible(maskCode(text))).toBeLessThanOrEqual(4);
        expect(visible(maskPhone(text))).toBeLessThanOrEqual(7);
      }),
      SEED,
    );
  });
});

describe('every mask', () => {
  it.each([
    ['name', maskName],
    ['code', maskCode],
    ['phone', maskPhone],
    ['hidden value', hide],
    ['address', hideAddress],
  ] as const)('leaves what is masked already: %s', (_kind, mask) => {
    fc.assert(
      fc.property(anyText, (text) => expect(mask(mask(text))).toBe(mask(text))),
      SEED,
    );
  });
});

describe('an address', () => {
  it('ends after its host, in the middle of a text, too', () => {
    expect(hideAddress('见 https://user:pw@pj.example.gov.cn/billcheck?id=abc#x 。')).toBe('见 https://pj.example.gov.cn/*** 。');
    expect(hideAddress('01,01,99060126,0000012345,486.20')).toBe('01,01,99060126,0000012345,486.20');
    expect(hideAddress('a'.repeat(10_001))).toBe('***');
  });
});

describe('what a person said of a masked bill', () => {
  it('keeps the value that stands where it comes back as it was shown', () => {
    expect(meantValue('payer', '张*', '张三')).toBe('张三');
    expect(meantValue('payer', '李四', '张三')).toBe('李四');
    expect(meantValue('payer', '张*', '张*')).toBe('张*');
    expect(meantValue('payer', '王*', '张三')).toBe('王*');
    expect(meantValue('payee', '示例*', '示例市')).toBe('示例*');
  });

  it('is masked by field', () => {
    const fields = { payer: { from: '张三', to: '张山' }, checkCode: { from: null, to: '1e9030' } };
    expect(maskCorrection(fields)).toEqual({ payer: { from: '张*', to: '张*' }, checkCode: { from: null, to: '1e9030' } });
    const evidence = [
      { field: 'payer' as const, read: '张三', told: '李四', agrees: false },
      { field: 'items' as const, read: '化疗费', told: '', agrees: false },
      { field: 'itemAmounts' as const, read: '1.00', told: '2.00', agrees: false },
    ];
    expect(maskEvidence(evidence)).toEqual([
      { field: 'payer', read: '张*', told: '李*', agrees: false },
      { field: 'items', read: '***', told: '', agrees: false },
      evidence[2],
    ]);
    expect(maskField('payerAccount', '6222020012345678')).toBe('************5678');
    expect(maskField('billNumber', '0000012345')).toBe('0000012345');
  });
});
