import fc from 'fast-check';
import { amountInWords, date, decodeAs, digits, fits, hexadecimalCode, lexicon, lexicons, money, type ReadChar, type Shape } from '.';

const TITLES = lexicons(
  [
    ['江苏省', '浙江省'],
    ['医疗门诊收费票据', '医疗住院收费票据'],
    ['（电子）', ''],
  ],
  { slips: true },
);
const LABELS = lexicon(['校验码', '票据代码', '票据号码']);

/** Texts that have a shape, to be damaged; and signs that are read for others. */
const EXAMPLES: [Shape, string][] = [
  [digits(6), '003194'],
  [money(), '12,107.86'],
  [money(), '486.20'],
  [date(), '2026-04-09'],
  [date(), '2026年4月9日'],
  [hexadecimalCode(6), 'ff00da'],
  [amountInWords(), '肆佰捌拾陆元贰角整'],
  [LABELS, '票据代码'],
  [TITLES, '浙江省医疗住院收费票据（电子）'],
];
const SIGNS = Array.from('0o1lIO5S-=.,8B36: 元完贰武叁伍任仟佰拾票据栗门住佳院诊（)值f');

const rival = fc.record({ text: fc.constantFrom(...SIGNS), confidence: fc.double({ min: 0.001, max: 0.5, noNaN: true }) });

function charRead(text: string): fc.Arbitrary<ReadChar> {
  const seen = fc.constantFrom(text, text, text, text, ...SIGNS);
  return fc
    .tuple(seen, fc.double({ min: 0.3, max: 1, noNaN: true }), fc.array(rival, { maxLength: 3 }))
    .map(([read, confidence, others]) => ({
      text: read,
      confidence,
      alternatives: [{ text, confidence: 0.2 }, ...others].filter((other) => other.text !== read),
    }));
}

/** A damaged text with its own shape, and now and then with another. */
const readings = fc
  .tuple(
    fc.constantFrom(...EXAMPLES),
    fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: fc.constantFrom(...EXAMPLES) }),
  )
  .chain(([[own, text], other]) => fc.tuple(fc.tuple(...Array.from(text, charRead)), fc.constant(other?.[0] ?? own)));
/** Written out here, so that a change of the decoder's own list is seen. */
const isValueSign = (text: string) => /^[0-9零壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分]$/u.test(text);
const sure = (text: string): ReadChar[] => Array.from(text, (char) => ({ text: char, confidence: 1, alternatives: [] }));
const rawOf = (chars: readonly ReadChar[]) => chars.map(({ text }) => text).join('');

/** A text of sure characters in which some have another text among their alternatives. */
function seen(text: string, rivals: Record<number, [string, number][]>): ReadChar[] {
  return sure(text).map((char, index) => ({
    ...char,
    confidence: rivals[index] ? 0.6 : 1,
    alternatives: (rivals[index] ?? []).map(([other, confidence]) => ({ text: other, confidence })),
  }));
}

describe('decodeAs, whatever was read', () => {
  const always = (holds: (chars: ReadChar[], shape: Shape) => boolean) =>
    fc.assert(
      fc.property(readings, ([chars, shape]) => holds(chars, shape)),
      { numRuns: 2000, seed: 7 },
    );

  it('gives a text of the shape, or none', () =>
    always((chars, shape) => {
      const result = decodeAs(chars, shape);
      return result === null || fits(result.text, shape);
    }));

  it('leaves a text that has the shape as it is', () =>
    always((chars, shape) => {
      if (!fits(rawOf(chars), shape)) return true;
      const result = decodeAs(chars, shape);
      return result?.text === rawOf(chars) && result.changed.length === 0 && result.plausibility === 1;
    }));

  it('keeps what was read, and says of every character what became of it', () =>
    always((chars, shape) => {
      const result = decodeAs(chars, shape);
      if (!result) return true;
      const differs = result.signs.flatMap(({ text }, index) => (text === chars[index]?.text ? [] : [index]));
      return (
        result.raw === rawOf(chars) &&
        result.signs.length === chars.length &&
        result.signs.map(({ text }) => text).join('') === result.text &&
        JSON.stringify(differs) === JSON.stringify(result.changed)
      );
    }));

  it('is never more probable than what was read', () =>
    always((chars, shape) => {
      const result = decodeAs(chars, shape);
      return result === null || (result.plausibility <= 1 && result.confidence >= 0 && result.confidence <= 1);
    }));

  it('never exchanges, adds or drops a sign that carries a value', () =>
    always((chars, shape) => {
      const result = decodeAs(chars, shape);
      if (!result) return true;
      const kept = chars.every(({ text }, index) => !isValueSign(text) || result.signs[index]?.text.includes(text));
      const added = result.signs.every(({ text }) => Array.from(text).filter(isValueSign).length <= 1);
      return kept && added;
    }));
});

describe('decodeAs', () => {
  it('takes figures for letters where all is figures', () => {
    const result = decodeAs(sure('0O193l4458'), digits(10));
    expect(result).toMatchObject({ text: '0019314458', raw: '0O193l4458', changed: [1, 5] });
    expect(result?.plausibility).toBeCloseTo(1e-6);
  });

  it.each(['001930445', '00193044588', '001X304458', 'OOOO304458'])('finds no ten digits in %s', (text) =>
    expect(decodeAs(sure(text), digits(10))).toBeNull(),
  );

  it('reads a mark only where the recogniser considered it', () => {
    expect(decodeAs(seen('2026=02-27', { 4: [['-', 0.385]] }), date())).toMatchObject({
      text: '2026-02-27',
      confidence: 0.385,
      changed: [4],
    });
    expect(decodeAs(sure('2026=02-27'), date())).toBeNull();
  });

  it.each(['2026-02-29', '2026-13-01', '2026-04-31', '1900-02-29', '20260230'])('does not believe the day %s', (text) =>
    expect(decodeAs(sure(text), date())).toBeNull(),
  );

  it.each(['2024-02-29', '2000年2月29日', '20260409', '2026/4/9', '2026.04.09'])('knows the day %s', (text) =>
    expect(decodeAs(sure(text), date())?.text).toBe(text),
  );

  it('does not care how wide a sign is, and leaves it as it was read', () => {
    expect(decodeAs(sure('１２，１０７．８６'), money())).toMatchObject({ text: '１２，１０７．８６', changed: [] });
    const twins = [{ text: '：', confidence: 0.6, alternatives: [{ text: ':', confidence: 0.4 }] }];
    expect(decodeAs(twins, lexicon([':']))?.confidence).toBeCloseTo(1);
  });

  it('leaves white space where it stands', () =>
    expect(decodeAs(sure('2O26-04 -09'), date())).toMatchObject({ text: '2026-04 -09', changed: [1] }));

  it.each(['1,23.45', '12,1078.60', '486.2', '486,20', '.20'])('finds no amount in %s', (text) =>
    expect(decodeAs(sure(text), money())).toBeNull(),
  );
});

describe('check codes', () => {
  const code = hexadecimalCode(6);

  it('takes a digit that the recogniser considered, among hexadecimal signs, and its probability with it', () => {
    const result = decodeAs(seen('451bla', { 4: [['1', 0.424]] }), code);
    expect(result).toMatchObject({ text: '451b1a', raw: '451bla', confidence: 0.424, changed: [4] });
  });

  it.each([
    ['a letter among letters', seen('qfomjx', { 2: [['0', 0.4]] })],
    ['a letter for which no digit was considered', sure('5do7ea')],
    ['a letter whose digit is hardly probable', seen('5do7ea', { 2: [['0', 0.049]] })],
    ['a letter that is drawn otherwise', seen('5dg7ea', { 2: [['9', 0.4]] })],
    ['half of a code', seen('5do7la', { 2: [['0', 0.4]] })],
  ])('keeps %s', (_, chars) => expect(decodeAs(chars, code)).toBeNull());

  it('keeps a digit whatever letter was considered', () =>
    expect(decodeAs(seen('5d07ea', { 2: [['o', 0.5]] }), code)?.text).toBe('5d07ea'));
});

describe('closed sets', () => {
  it.each([
    ['浙江省医疗佳院收费票据（电子）', '浙江省医疗住院收费票据（电子）'],
    ['浙江省医疗诊收费票据', '浙江省医疗门诊收费票据'],
    ['浙江省医疗门门诊收费票据', '浙江省医疗门诊收费票据'],
  ])('knows %s', (raw, text) => expect(decodeAs(sure(raw), TITLES)?.text).toBe(text));

  it('completes nothing at either end: the rest stands in another box', () => {
    expect(decodeAs(sure('浙江省医疗门诊收费票'), TITLES)).toBeNull();
    expect(decodeAs(sure('苏省医疗门诊收费票据'), TITLES)).toBeNull();
  });

  it('makes no shorter entry of the beginning of a longer one', () => {
    const gifts = lexicons([['湖北省'], ['公益事业捐赠统一票据', '公益事业捐赠票据']], { slips: true });
    expect(decodeAs(sure('湖北省公益事业捐赠统'), gifts)).toBeNull();
  });

  it('does not choose where two entries are as near', () =>
    expect(
      decodeAs(sure('浙江省医疗X口收费票据'), lexicon(['浙江省医疗X院收费票据', '浙江省医疗X所收费票据'], { slips: true })),
    ).toBeNull());

  it('chooses what the recogniser considered', () => {
    const near = lexicon(['浙江省医疗门院收费票据', '浙江省医疗门所收费票据'], { slips: true });
    expect(decodeAs(seen('浙江省医疗门口收费票据', { 6: [['所', 0.02]] }), near)?.text).toBe('浙江省医疗门所收费票据');
  });

  it('without slips believes what was considered, and nothing else', () => {
    const labels = lexicon(['金额合计（大写）']);
    expect(decodeAs(seen('金额合计（太写）', { 5: [['大', 0.048]] }), labels)?.text).toBe('金额合计（大写）');
    expect(decodeAs(sure('金额合计（太写）'), labels)).toBeNull();
  });
});
