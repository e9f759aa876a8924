import { decodeAs, fits } from '@app/ocr/shapes';
import fc from 'fast-check';
import { BILL_SHAPES } from './bill-shapes';
import { parseDay } from './checks/calendar';
import { PRINT_SHAPES } from './fields/shapes';
import { formatAmount, parseAmount } from './money/amount';
import { formatAmountInWords, parseAmountInWords } from './money/amount-in-words';

const fen = fc.bigInt({ min: 0n, max: 99_999_999_999_99n });

describe('the shapes of printed values', () => {
  it('admit every amount in words that bills print', () =>
    fc.assert(
      fc.property(fen, (amount) => fits(formatAmountInWords(amount), PRINT_SHAPES.totalAmountInWords)),
      { seed: 7 },
    ));

  it('admit nothing as an amount in words that is none', () => {
    const sign = fc.constantFrom(...Array.from('零壹贰叁肆玖拾佰仟万亿元圆角分整正'));
    fc.assert(
      fc.property(
        fc.string({ unit: sign, maxLength: 9 }),
        (text) => !fits(text, PRINT_SHAPES.totalAmountInWords) || parseAmountInWords(text) !== null,
      ),
      { numRuns: 5000, seed: 7 },
    );
  });

  it('admit every amount in figures', () =>
    fc.assert(
      fc.property(
        fen.filter((amount) => amount < 10n ** 14n),
        (amount) => {
          const plain = formatAmount(amount);
          const separated = plain.replace(/\B(?=(?:\d{3})+\.)/gu, ',');
          return [plain, separated].every((text) => fits(text, PRINT_SHAPES.totalAmount) && parseAmount(text) === amount);
        },
      ),
      { seed: 7 },
    ));

  it('admit every real day, and no other', () => {
    const number = (max: number) => fc.integer({ min: 0, max });
    fc.assert(
      fc.property(
        fc.integer({ min: 1900, max: 2099 }),
        number(13),
        number(32),
        fc.constantFrom('-', '/', '.'),
        (year, month, day, mark) => {
          const text = [year, month, day].map(String).join(mark);
          return fits(text, PRINT_SHAPES.issueDate) === (parseDay(text) !== null);
        },
      ),
      { seed: 7 },
    );
  });
});

describe('BILL_SHAPES', () => {
  const [title] = BILL_SHAPES.lines;
  const read = (text: string) => Array.from(text, (char) => ({ text: char, confidence: 1, alternatives: [] }));

  it.each(['江苏省医疗门诊收费票据（电子）', '中央非税收入统一票据(电子)', '广东省公益事业捐赠统一票据'])('know the title %s', (text) =>
    expect(fits(text, title!)).toBe(true),
  );

  it('repair a title only towards its one nearest', () => {
    expect(decodeAs(read('浙江省医疗佳院收费票据（电子）'), title!)?.text).toBe('浙江省医疗住院收费票据（电子）');
    expect(decodeAs(read('浙江省公益事业捐X统一票据'), title!)).toBeNull();
    expect(decodeAs(read('江苏省电子普通发票'), title!)).toBeNull();
  });

  it('know the values after the labels of elements, and no names', () => {
    const shapeOf = (text: string) => BILL_SHAPES.labels.find((label) => label.text === text)?.shape;
    expect(shapeOf('票据校验码')).toBe(PRINT_SHAPES.checkCode);
    expect([shapeOf('交款人'), shapeOf('收款单位'), shapeOf('收款人'), shapeOf('备注')]).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});
